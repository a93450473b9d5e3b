import { beforeEach, expect, test } from 'vitest';
import { Lab } from '../../wasm-redis/lab/lab.ts';
import { TOPOLOGIES } from '../../wasm-redis/lab/presets.ts';
import type { Machine } from '../../wasm-redis/machine.ts';
import { parseTranscript } from '../transcript/parse.ts';
import { scriptedMachine } from '../transcript/scripted-machine.ts';
import { LessonSession, type SessionListener } from './lesson-session.ts';

const PAGE = ['> ONE\n1', '> TWO\n2', '> BLPOP q 0', '> FOUR\n4'].map(parseTranscript);

/** What was typed into the machine, and what the page was told, in order. */
let typed: string[];
let told: string[];
beforeEach(() => {
  typed = [];
  told = [];
});

const listener: SessionListener = {
  began: (block) => void told.push(`began ${block}`),
  played: (block, { outcome }) => void told.push(`played ${block}: ${outcome}`),
  ended: (block) => void told.push(`ended ${block}`),
};

function lab(): Lab {
  const machine = scriptedMachine((line) => {
    typed.push(line);
    if (line.startsWith('BLPOP')) return { afterMs: Infinity, text: '' };
    return `${['ZERO', 'ONE', 'TWO', 'THREE', 'FOUR'].indexOf(line)}\n`;
  });
  return new Lab(machine, TOPOLOGIES.single);
}

test('a block is played after the earlier ones that were not', async () => {
  const only = lab();
  const session = new LessonSession(PAGE, async () => only);
  await session.run(1, listener);
  expect(typed).toEqual(['ONE', 'TWO']);
  expect(told).toEqual(['began 0', 'played 0: same', 'ended 0', 'began 1', 'played 1: same', 'ended 1']);
});

test('a block that is run again is played alone', async () => {
  const only = lab();
  const session = new LessonSession(PAGE, async () => only);
  await session.run(1, listener);
  await session.run(1, listener);
  await session.run(0, listener);
  expect(typed).toEqual(['ONE', 'TWO', 'TWO', 'ONE']);
});

test('two presses are played one after the other', async () => {
  const only = lab();
  const session = new LessonSession(PAGE, async () => only);
  await Promise.all([session.run(1, listener), session.run(0, listener)]);
  expect(typed).toEqual(['ONE', 'TWO', 'ONE']);
});

test('a block that fails ends the run, and later blocks are not played', async () => {
  const only = lab();
  const session = new LessonSession(PAGE, async () => only);
  await session.run(3, listener);
  expect(typed).toEqual(['ONE', 'TWO', 'BLPOP q 0']);
  expect(told.at(-2)).toBe('played 2: failed');
});

test('on a new machine everything is played again', async () => {
  let current = lab();
  const session = new LessonSession(PAGE, async () => current);
  await session.run(1, listener);
  current = lab();
  await session.run(1, listener);
  expect(typed).toEqual(['ONE', 'TWO', 'ONE', 'TWO']);
});

test('after a rewind the clients are started anew, and earlier blocks are not played again', async () => {
  let clients = 0;
  const machine = scriptedMachine((line) => {
    typed.push(line);
    return 'ok\n';
  });
  const counted: Machine = {
    ...machine,
    spawn: (options) => {
      clients++;
      return machine.spawn(options);
    },
  };
  const only = new Lab(counted, TOPOLOGIES.single);
  const session = new LessonSession(PAGE, async () => only);
  await session.run(0, listener);
  session.rewound();
  await session.run(1, listener);
  expect(typed).toEqual(['ONE', 'TWO']);
  expect(clients).toBe(2);
});

test('a machine that cannot start rejects the run, and the next run tries again', async () => {
  let attempts = 0;
  const only = lab();
  const session = new LessonSession(PAGE, async () => {
    if (attempts++ === 0) throw new Error('no engine');
    return only;
  });
  await expect(session.run(0, listener)).rejects.toThrow('no engine');
  await session.run(0, listener);
  expect(typed).toEqual(['ONE']);
});
