import type { HostAddress } from '../../wasm-redis/machine.ts';
import type { Plain } from '../../wasm-redis/resp/plain.ts';
import type { Command } from './ask.ts';
import type { SentinelView, WatchedPrimary } from './lab-view.ts';
import { addressSaidBy } from './node-address.ts';
import { errorOf, numberOf, readPairs } from './read-fields.ts';

/** What a Sentinel is asked first. */
export const SENTINEL_QUESTIONS: readonly Command[] = [
  ['SENTINEL', 'MYID'],
  ['SENTINEL', 'MASTERS'],
];

/** What it is asked for each primary that it has named. */
export function questionsAbout(name: string): readonly Command[] {
  return [
    ['SENTINEL', 'REPLICAS', name],
    ['SENTINEL', 'SENTINELS', name],
  ];
}

/** The names of the primaries in the reply to SENTINEL MASTERS. */
export function watchedNames(masters: Plain | undefined): string[] {
  return listOf(masters).flatMap((entry) => entry.get('name') ?? []);
}

/**
 * Reads a Sentinel's replies, or gives the error that stands in their way.
 *
 * @param speaker host of the Sentinel
 * @param first replies to `SENTINEL_QUESTIONS`
 * @param about replies to `questionsAbout`, for each of `watchedNames`
 */
export function readSentinel(
  speaker: HostAddress,
  first: readonly Plain[],
  about: readonly Plain[],
): { sentinel: SentinelView } | { complaint: string } {
  const [id, masters] = first;
  const complaint = errorOf(id) ?? errorOf(masters);
  if (complaint !== undefined) return { complaint };
  const primaries = listOf(masters).map((entry, index): WatchedPrimary => {
    return {
      name: entry.get('name') ?? '',
      address: addressIn(speaker, entry),
      flags: flagsIn(entry),
      quorum: numberOf(entry.get('quorum')),
      configEpoch: numberOf(entry.get('config-epoch')),
      replicas: listOf(about[2 * index]).map((replica) => ({
        address: addressIn(speaker, replica),
        flags: flagsIn(replica),
        link: replica.get('master-link-status') ?? '',
      })),
      sentinels: listOf(about[2 * index + 1]).map((other) => ({
        id: other.get('runid') ?? '',
        address: addressIn(speaker, other),
        flags: flagsIn(other),
      })),
    };
  });
  return { sentinel: { id: typeof id === 'string' ? id : '', primaries } };
}

function listOf(reply: Plain | undefined): ReadonlyMap<string, string>[] {
  return Array.isArray(reply) ? (reply as readonly Plain[]).map(readPairs) : [];
}

function addressIn(speaker: HostAddress, entry: ReadonlyMap<string, string>): string {
  return addressSaidBy(speaker, entry.get('ip') ?? '', entry.get('port') ?? '');
}

function flagsIn(entry: ReadonlyMap<string, string>): string[] {
  return (entry.get('flags') ?? '').split(',').filter((flag) => flag !== '');
}
