import { type Pipeline, type Row } from './rows.ts';

export const PATH_NAMES = ['socket', 'benchmark', 'tcp'] as const;
export type PathName = (typeof PATH_NAMES)[number];

/** A server with a way to put load on it. */
export interface Path {
  /** Empties the server and makes what the row needs. */
  prepare(row: Row): Promise<void>;
  /** Sends so many requests over 50 connections and returns commands per second. */
  run(row: Row, pipeline: Pipeline, requests: number): Promise<number>;
  stop(): Promise<void>;
}

/** Both kinds of server keep nothing on disk and log nothing while they are measured. */
export const SERVER_OPTIONS = ['--save', '', '--appendonly', 'no', '--loglevel', 'warning'] as const;
