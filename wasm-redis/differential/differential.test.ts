import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCampaign } from './campaign.ts';
import { type Contender } from './contender.ts';
import { type DocumentedCommand, readDocumentation } from './documentation.ts';
import { Duel } from './duel.ts';
import { Generator } from './generator.ts';
import { NativeContender } from './native-contender.ts';
import { nativeVersion } from './native-version.ts';
import { type Reply } from './reply.ts';
import { runRoundTrips } from './round-trip.ts';
import { type Sequence, stepsOf } from './sequence.ts';
import { WasmContender } from './wasm-contender.ts';

const SEED = 7;
const COMMANDS = 3000;
const PATIENCE_MS = 120_000;
const FOUND = new URL('found/', import.meta.url);

/** Another version replies otherwise: Debian 13's is 8.0. */
describe.skipIf(nativeVersion() !== '7.0.15')('beside native redis-server 7.0.15', () => {
  let native: NativeContender;
  let ours: WasmContender;
  let commands: readonly DocumentedCommand[];

  beforeAll(async () => {
    [native, ours] = await Promise.all([NativeContender.start(), WasmContender.start(SEED)]);
    commands = await readDocumentation(ours);
  });
  afterAll(async () => {
    await Promise.all([native.stop(), ours.stop()]);
  });

  test(
    `${COMMANDS} commands of seed ${SEED} get the same replies`,
    async () => {
      const { findings, ...result } = await runCampaign(new Duel(native, ours, commands), commands, {
        commands: COMMANDS,
        seed: SEED,
      });
      expect(findings).toEqual([]);
      expect(result.commands).toBeGreaterThanOrEqual(COMMANDS);
    },
    PATIENCE_MS,
  );

  test.each(foundSequences())(
    'what was different once is the same now: %s',
    async (_name, sequence) => {
      expect(await new Duel(native, ours, commands).run(sequence)).toBeUndefined();
    },
    PATIENCE_MS,
  );

  test(
    'a server that replies otherwise once is found, and the sequence becomes short',
    async () => {
      const liar = lyingAbout(ours, ':0', ':1');
      const sequences = new Generator(commands);
      const duel = new Duel(native, liar, commands);
      const { findings } = await runCampaign(duel, commands, { commands: 2000, seed: SEED });
      expect(findings).toHaveLength(1);
      const { seed, sequence } = findings[0]!;
      expect(await duel.run(sequence)).toBeDefined();
      expect(stepsOf(sequence).length).toBeLessThan(stepsOf(sequences.sequence(seed, 200)).length / 4);
    },
    PATIENCE_MS,
  );

  test(
    'files written by each load in the other',
    async () => {
      const accounts: string[] = [];
      const result = await runRoundTrips(4, SEED, (account) => accounts.push(account));
      expect(accounts).toEqual([]);
      expect(result).toEqual({
        trips: 4,
        differences: 0,
        kinds: { 'rdb wasm': 1, 'rdb native': 1, 'aof wasm': 1, 'aof native': 1 },
      });
    },
    PATIENCE_MS,
  );

  test('the same seed gives the same sequence, another seed another', () => {
    const generator = new Generator(commands);
    expect(generator.sequence(1, 100)).toEqual(generator.sequence(1, 100));
    expect(generator.sequence(2, 100)).not.toEqual(generator.sequence(1, 100));
  });
});

/** The sequences that a long run has kept. */
function foundSequences(): [string, Sequence][] {
  return readdirSync(FOUND)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file, JSON.parse(readFileSync(new URL(file, FOUND), 'utf8')) as Sequence]);
}

/** The same server, but for one reply that it changes wherever it is given. */
function lyingAbout(server: Contender, truth: string, lie: string): Contender {
  const changed = (reply: Reply): Reply => (reply.head === truth ? { head: lie } : reply);
  return {
    name: server.name,
    open: (count) => server.open(count),
    send: (client, bytes) => server.send(client, bytes),
    settled: () => server.settled(),
    replies: (client) => server.replies(client).map(changed),
    wait: (ms) => server.wait(ms),
    setClock: (nowMs) => server.setClock(nowMs),
    ask: (...args) => server.ask(...args),
    files: () => server.files(),
    stop: () => server.stop(),
  };
}
