/** A line of CLIENT LIST: `id=3 addr=10.0.0.254:40001 name= age=5 ...`. */
export type ClientFields = ReadonlyMap<string, string>;

/** What a column sorts by. Numbers are compared as such. */
export type ClientColumn = 'id' | 'addr' | 'name' | 'age' | 'idle' | 'kind' | 'db' | 'cmd' | 'tot-mem';

/** Letters of `flags` that say what a client is; most have none but N. */
const KINDS: Readonly<Record<string, string>> = {
  M: 'primary',
  S: 'replica',
  O: 'monitor',
  P: 'subscriber',
  b: 'blocked',
  x: 'in MULTI',
  t: 'tracking',
  R: 'tracking target',
  B: 'broadcast tracking',
  c: 'closing',
  A: 'closing',
  u: 'unblocked',
  r: 'read-only',
  d: 'WATCH broken',
};

/** Reads the answer to CLIENT LIST. */
export function readClientList(text: string): ClientFields[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('id='))
    .map((line) => {
      // A name may not contain spaces, so each word is a field.
      const fields = line.trim().split(' ');
      return new Map(fields.map((field): [string, string] => split(field)));
    });
}

function split(field: string): [string, string] {
  const equals = field.indexOf('=');
  return [field.slice(0, equals), field.slice(equals + 1)];
}

/** What a client is, in words, from its flags; `normal` for an ordinary one. */
export function kindOf(client: ClientFields): string {
  const words = [...(client.get('flags') ?? '')].flatMap((flag) => KINDS[flag] ?? []);
  return words.length > 0 ? words.join(', ') : 'normal';
}

/** Whether it is a connection of a panel of this page. */
export function isPanel(client: ClientFields): boolean {
  return (client.get('name') ?? '').startsWith('panel-');
}

/** The text of a cell. */
export function clientCell(client: ClientFields, column: ClientColumn): string {
  return column === 'kind' ? kindOf(client) : (client.get(column) ?? '');
}

const texts = new Intl.Collator('en', { numeric: true });

/** Sorted by a column; equal ones by their ids. */
export function sortClients(
  clients: readonly ClientFields[],
  column: ClientColumn,
  descending: boolean,
): ClientFields[] {
  const sign = descending ? -1 : 1;
  return [...clients].sort(
    (one, other) =>
      sign * texts.compare(clientCell(one, column), clientCell(other, column)) ||
      Number(one.get('id')) - Number(other.get('id')),
  );
}
