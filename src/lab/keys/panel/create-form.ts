import { element } from '../../../dom/element.ts';
import { bytesOf } from '../bytes.ts';
import type { Command } from '../command-text.ts';
import { checkScore } from '../values/sorted-set.ts';
import { bytesTyped, field, form, line, select } from './field.ts';

/** What a new key can be, with what its first value needs, by the labels of the fields. */
const KINDS = {
  string: ['Value'],
  list: ['Element'],
  set: ['Member'],
  hash: ['Field', 'Value'],
  'sorted set': ['Score', 'Member'],
  stream: ['Field', 'Value'],
  geo: ['Longitude', 'Latitude', 'Member'],
  HyperLogLog: ['Element'],
  bitmap: ['Bit to set'],
} as const;
type Kind = keyof typeof KINDS;

/** A form for a new key. `create` resolves with whether it was made; `build` throws what is wrong with what was typed. */
export function createForm(
  create: (build: () => { key: Uint8Array; commands: readonly Command[] }) => Promise<boolean>,
): HTMLElement {
  const name = line();
  const kind = select(Object.keys(KINDS).map((each) => [each, each]));
  const values = element('div', { class: 'rk-pairs' });
  let inputs: HTMLInputElement[] = [];
  const draw = (): void => {
    inputs = KINDS[kind.value as Kind].map(() => line());
    values.replaceChildren(...KINDS[kind.value as Kind].map((label, at) => field(label, inputs[at]!)));
  };
  kind.addEventListener('change', draw);
  draw();
  const submit = async (): Promise<void> => {
    const done = await create(() => {
      const key = bytesTyped(name);
      return { key, commands: [firstCommand(kind.value as Kind, key, inputs)] };
    });
    if (!done) return;
    name.value = '';
    draw();
  };
  return form('New key', 'Create', () => void submit(), field('Name', name), field('Type', kind), values);
}

function firstCommand(kind: Kind, key: Uint8Array, inputs: readonly HTMLInputElement[]): Command {
  const bytes = (at: number): Uint8Array => bytesTyped(inputs[at]!);
  const score = (at: number): string => checkScore(inputs[at]!.value);
  switch (kind) {
    case 'string':
      return ['SET', key, bytes(0)];
    case 'list':
      return ['RPUSH', key, bytes(0)];
    case 'set':
      return ['SADD', key, bytes(0)];
    case 'hash':
      return ['HSET', key, bytes(0), bytes(1)];
    case 'sorted set':
      return ['ZADD', key, score(0), bytes(1)];
    case 'stream':
      return ['XADD', key, '*', bytes(0), bytes(1)];
    case 'geo':
      return ['GEOADD', key, score(0), score(1), bytes(2)];
    case 'HyperLogLog':
      return ['PFADD', key, bytes(0)];
    case 'bitmap':
      return ['SETBIT', key, bytesOf(inputs[0]!.value.trim()), 1];
  }
}
