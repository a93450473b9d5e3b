import { type FaultOrder, OWN_NAME } from '../../../wasm-redis/lab/fault-line.ts';
import type { LabFault } from '../../../wasm-redis/lab/fault-schedule.ts';
import { OWN_HOST } from '../../../wasm-redis/lab/one-server.ts';
import type { Topology } from '../../../wasm-redis/lab/topology.ts';
import { element } from '../../dom/element.ts';
import { readSeconds } from '../clock/clock-words.ts';

/** Makes a button that orders what its function gives; one that throws says why. */
export type OrderButton = (label: string, order: () => FaultOrder) => HTMLButtonElement;

/** The buttons of all faults for the nodes of a topology, with the fields that they read. */
export function faultForm(topology: Topology, button: OrderButton): HTMLElement[] {
  const names = topology.nodes.map(({ name }) => name);
  const after = numberField('After', '0', 's');
  const orderOf = (fault: LabFault): FaultOrder => ({ fault, afterMs: readDelay(after.input) });
  const parts = [nodePart(topology, names, button, orderOf)];
  const hosts = new Map(topology.nodes.map(({ name, host }) => [name, host]));
  if (!names.includes(OWN_NAME)) hosts.set(OWN_NAME, OWN_HOST);
  // On one host there is no link.
  if (new Set(hosts.values()).size > 1) parts.push(linkPart(hosts, button, orderOf));
  if (names.length > 1) parts.push(groupPart(topology, button, orderOf));
  const delay = element(
    'div',
    { class: 'lc-row' },
    after.field,
    hint('of the machine’s time, for the next fault. Restarts happen at once.'),
  );
  return [delay, element('div', { class: 'lc-parts' }, ...parts)];
}

type Ordered = (fault: LabFault) => FaultOrder;

function nodePart(topology: Topology, names: readonly string[], button: OrderButton, orderOf: Ordered): HTMLElement {
  const { field, select } = selectField('Node', names);
  const fsync = numberField('fsync takes', '100', 'ms');
  const host = (): string => topology.nodes.find(({ name }) => name === select.value)!.host;
  const simple = (label: string, type: 'kill' | 'stop' | 'continue'): HTMLButtonElement =>
    button(label, () => orderOf({ type, node: select.value }));
  return part(
    'A node',
    row(field),
    row(
      simple('Kill', 'kill'),
      simple('Stop', 'stop'),
      simple('Continue', 'continue'),
      button('Restart', () => ({ fault: { type: 'restart', node: select.value }, afterMs: 0 })),
      button('Restart with an empty disk', () => ({
        fault: { type: 'restart', node: select.value, emptyDisk: true },
        afterMs: 0,
      })),
    ),
    row(
      button('Disk full', () => orderOf({ type: 'disk', host: host(), freeBytes: 0 })),
      fsync.field,
      button('Slow disk', () => orderOf({ type: 'disk', host: host(), fsyncMs: readMs(fsync.input) })),
    ),
  );
}

function linkPart(hosts: ReadonlyMap<string, string>, button: OrderButton, orderOf: Ordered): HTMLElement {
  const names = [...hosts.keys()];
  const from = selectField('From', names);
  const to = selectField('To', names, 1);
  const oneWay = checkField('this direction only');
  const latency = numberField('Takes', '100', 'ms');
  const jitter = numberField('and up to', '0', 'ms more');
  const link = (): { from: string; to: string; oneWay?: true } => {
    if (from.select.value === to.select.value) throw new RangeError('A link has two ends: choose two different nodes.');
    const ends = { from: hosts.get(from.select.value)!, to: hosts.get(to.select.value)! };
    return { ...ends, ...(oneWay.input.checked ? { oneWay: true as const } : {}) };
  };
  return part(
    'A link',
    row(from.field, to.field, oneWay.field),
    row(
      button('Cut', () => orderOf({ type: 'cut', ...link() })),
      button('Heal', () => orderOf({ type: 'heal', ...link() })),
    ),
    row(
      latency.field,
      jitter.field,
      button('Slow link', () =>
        orderOf({ type: 'latency', ...link(), latencyMs: readMs(latency.input), jitterMs: readMs(jitter.input) }),
      ),
    ),
  );
}

function groupPart({ nodes }: Topology, button: OrderButton, orderOf: Ordered): HTMLElement {
  const boxes = nodes.map(({ name, host }) => ({ host, ...checkField(name) }));
  const split = (): FaultOrder => {
    const side = (checked: boolean): string[] => [
      ...new Set(boxes.filter(({ input }) => input.checked === checked).map(({ host }) => host)),
    ];
    if (side(true).length === 0 || side(false).length === 0) {
      throw new RangeError('Choose some of the nodes, but not all: they form one side, the others form the other.');
    }
    return orderOf({ type: 'split', groups: [side(true), side(false)] });
  };
  return part(
    'Two sides',
    element(
      'div',
      { class: 'lc-row', role: 'group', 'aria-label': 'Nodes of one side' },
      ...boxes.map(({ field }) => field),
    ),
    row(button('Split these from the others', split)),
  );
}

function readDelay(input: HTMLInputElement): number {
  const ms = /^\s*0*(?:[.,]0*)?\s*$/.test(input.value) ? 0 : readSeconds(input.value);
  input.setAttribute('aria-invalid', String(ms === undefined));
  if (ms === undefined) throw new RangeError('“After” is a number of seconds, from 0 to 3600.');
  return Math.round(ms);
}

function readMs(input: HTMLInputElement): number {
  const valid = /^\s*\d{1,5}\s*$/.test(input.value);
  input.setAttribute('aria-invalid', String(!valid));
  if (!valid) throw new RangeError('Milliseconds are a whole number from 0 to 99999.');
  return Number(input.value);
}

function part(title: string, ...rows: readonly HTMLElement[]): HTMLElement {
  return element('section', { class: 'lc-part', 'aria-label': title }, element('h4', {}, title), ...rows);
}

function row(...parts: readonly HTMLElement[]): HTMLElement {
  return element('div', { class: 'lc-row' }, ...parts);
}

function hint(text: string): HTMLElement {
  return element('span', { class: 'lc-hint' }, text);
}

function numberField(before: string, value: string, unit: string): { field: HTMLElement; input: HTMLInputElement } {
  const name = `${before}, ${unit}`;
  const input = element('input', { type: 'text', inputmode: 'decimal', class: 'lc-number', value, 'aria-label': name });
  return { input, field: element('label', { class: 'lc-field' }, before, input, unit) };
}

function selectField(
  label: string,
  names: readonly string[],
  chosen = 0,
): { field: HTMLElement; select: HTMLSelectElement } {
  const options = names.map((name, at) => element('option', { value: name, selected: at === chosen }, name));
  // Without it the options would be part of the name.
  const select = element('select', { 'aria-label': label }, ...options);
  return { select, field: element('label', { class: 'lc-field' }, label, select) };
}

function checkField(label: string): { field: HTMLElement; input: HTMLInputElement } {
  const input = element('input', { type: 'checkbox' });
  return { input, field: element('label', { class: 'lc-field' }, input, label) };
}
