import { expect, test } from 'vitest';
import { Transcript } from './transcript.ts';

const BLANK = '\x1b[0m\x1b[H\x1b[2J\x1b[3J';
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

test('what was shown up to then is painted once, and only if more has been shown since', () => {
  const transcript = new Transcript(64 * 1024);
  transcript.add(utf8('127.0.0.1:6379> '));
  const restore = transcript.remember();
  restore();
  expect(transcript.takeRepaint()).toBeUndefined();
  transcript.add(utf8('GET k'));
  restore();
  expect(text(transcript.takeRepaint())).toBe(`${BLANK}127.0.0.1:6379> `);
  expect(transcript.takeRepaint()).toBeUndefined();
  transcript.add(utf8('SET'));
  restore();
  expect(text(transcript.takeRepaint())).toBe(`${BLANK}127.0.0.1:6379> `);
});

test('of much only the last is kept, from the beginning of a line on', () => {
  const transcript = new Transcript(16 * 1024);
  const forget = transcript.remember();
  for (let line = 0; line < 10_000; line++) transcript.add(utf8(`line ${line}\n`));
  const restore = transcript.remember();
  forget();
  restore();
  const painted = text(transcript.takeRepaint())!;
  expect(painted.slice(0, BLANK.length)).toBe(BLANK);
  expect(painted.slice(BLANK.length)).toMatch(/^line \d+\n/);
  expect(painted).toMatch(/\nline 9999\n$/);
  expect(painted.length).toBeGreaterThan(8 * 1024);
  expect(painted.length).toBeLessThan(20 * 1024);
});

test('the bytes are copied: whoever gets them may pass them on', () => {
  const transcript = new Transcript(1024);
  const restore = transcript.remember();
  const bytes = utf8('shown');
  transcript.add(bytes);
  bytes.fill(0);
  const then = transcript.remember();
  restore();
  then();
  expect(text(transcript.takeRepaint())).toBe(`${BLANK}shown`);
});
