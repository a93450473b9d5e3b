import { TOPOLOGIES, type TopologyName } from './presets.ts';
import { type LabNodeDescription, SLOTS, type Topology, TopologyError } from './topology.ts';

const FORM = `the name of a topology (${Object.keys(TOPOLOGIES).join(', ')}) or \`nodes:\` with a list of nodes`;
const FIELDS = [
  'name',
  'kind',
  'host',
  'port',
  'replicaOf',
  'slots',
  'monitors',
  'quorum',
  'options',
  'files',
  'data',
] as const;

type Fields = Record<string, unknown>;

/**
 * Reads a topology as a lesson's frontmatter has it: a name, or `{ nodes: [...] }`. A node needs a `name`; everything
 * else has a default: `kind` server, `host` 10.0.0.1, 10.0.0.2 ... in order, `port` 6379 (26379 for a sentinel), `quorum`
 * the majority of the sentinels. A command in `data` is a list of words, or words with spaces between.
 *
 * Throws a `TopologyError` that names the place, what was expected and what was found.
 */
export function readTopology(value: unknown): Topology {
  if (typeof value === 'string') {
    if (Object.hasOwn(TOPOLOGIES, value)) return TOPOLOGIES[value as TopologyName];
    throw wrong('the topology', FORM, value);
  }
  if (!isFields(value) || !Array.isArray(value['nodes']) || value['nodes'].length === 0) {
    throw wrong('the topology', FORM, value);
  }
  const given: unknown[] = value['nodes'];
  const sentinels = given.filter((node) => isFields(node) && node['kind'] === 'sentinel').length;
  const nodes = given.map((node, index) => readNode(node, index, Math.floor(sentinels / 2) + 1));
  for (const each of nodes) checkPlace(each, nodes);
  return { nodes };
}

function readNode(value: unknown, index: number, majority: number): LabNodeDescription {
  const place = `node ${index + 1}`;
  if (!isFields(value)) throw wrong(place, '`name:` and what else there is to say', value);
  const unknown = Object.keys(value).filter((key) => !(FIELDS as readonly string[]).includes(key));
  if (unknown.length > 0) throw wrong(place, `only ${FIELDS.join(', ')}`, unknown.join(', '));
  const kind = value['kind'] ?? 'server';
  if (kind !== 'server' && kind !== 'sentinel') throw wrong(`${place}, kind`, 'server or sentinel', kind);
  const name = readText(value['name'], `${place}, name`, /^[a-z][a-z0-9-]*$/, 'small letters, digits and -');
  return {
    name,
    kind,
    host: readText(value['host'] ?? `10.0.0.${index + 1}`, `${name}, host`, IPV4, 'an IPv4 address of its own'),
    port: readNumber(value['port'] ?? (kind === 'server' ? 6379 : 26379), `${name}, port`, 1, 55535),
    options: readTexts(value['options'] ?? {}, `${name}, options`),
    files: readTexts(value['files'] ?? {}, `${name}, files`),
    data: readCommands(value['data'] ?? [], `${name}, data`),
    ...(value['replicaOf'] === undefined
      ? {}
      : { replicaOf: readText(value['replicaOf'], `${name}, replicaOf`, /./, 'the name of a node') }),
    ...(value['slots'] === undefined ? {} : { slots: readSlots(value['slots'], `${name}, slots`) }),
    ...(kind === 'server'
      ? {}
      : {
          monitors: readText(value['monitors'], `${name}, monitors`, /./, 'the name of the node that it watches'),
          quorum: readNumber(value['quorum'] ?? majority, `${name}, quorum`, 1, 100),
        }),
  };
}

/** What can be wrong with a node only among the others. */
function checkPlace(node: LabNodeDescription, nodes: readonly LabNodeDescription[]): void {
  const { name, host, port, replicaOf, monitors, slots } = node;
  const others = nodes.filter((other) => other !== node);
  if (others.some((other) => other.name === name)) throw wrong(name, 'a name of its own', `two nodes of that name`);
  if (others.some((other) => other.host === host && other.port === port)) {
    throw wrong(name, 'a host and port of its own', `another node at ${host}:${port}`);
  }
  for (const wanted of [replicaOf, monitors]) {
    if (wanted === undefined) continue;
    const target = others.find((other) => other.name === wanted && other.kind === 'server');
    const servers = others.filter(({ kind }) => kind === 'server').map((other) => other.name);
    if (!target) throw wrong(name, `the name of another server: ${servers.join(', ') || 'there is none'}`, wanted);
    if (target.replicaOf !== undefined && target.slots) throw wrong(wanted, '`slots` or `replicaOf`', 'both');
  }
  const total = nodes.reduce((sum, each) => sum + (each.slots ? each.slots[1] - each.slots[0] + 1 : 0), 0);
  const overlap = others.find((each) => slots && each.slots && each.slots[0] <= slots[1] && slots[0] <= each.slots[1]);
  if (overlap) throw wrong(name, 'slots that no other node has', `some that ${overlap.name} has too`);
  if (slots && total !== SLOTS) throw wrong('the slots', `all ${SLOTS} of them, each at one node`, total);
}

const IPV4 = /^(?!127\.)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

function readText(value: unknown, place: string, form: RegExp, expected: string): string {
  if (typeof value === 'string' && form.test(value)) return value;
  throw wrong(place, expected, value);
}

function readNumber(value: unknown, place: string, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw wrong(place, `a whole number from ${least} to ${most}`, value);
}

function readSlots(value: unknown, place: string): readonly [number, number] {
  const ends: unknown[] = Array.isArray(value) && value.length === 2 ? value : [];
  const [first, last] = ends;
  const range = [readNumber(first, place, 0, SLOTS - 1), readNumber(last, place, 0, SLOTS - 1)] as const;
  if (range[0] > range[1]) throw wrong(place, 'the first slot and the last', range);
  return range;
}

function readTexts(value: unknown, place: string): Record<string, string> {
  if (!isFields(value)) throw wrong(place, 'names and values', value);
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      if (typeof each === 'string' || typeof each === 'number') return [name, String(each)];
      // YAML reads a bare yes or no as a truth value; what was meant is Redis's word.
      if (typeof each === 'boolean') return [name, each ? 'yes' : 'no'];
      throw wrong(`${place}, ${name}`, 'a word or a number', each);
    }),
  );
}

function readCommands(value: unknown, place: string): string[][] {
  if (!Array.isArray(value)) throw wrong(place, 'a list of commands', value);
  return value.map((command: unknown) => {
    const words: unknown[] =
      typeof command === 'string' ? command.split(/\s+/).filter(Boolean) : Array.isArray(command) ? command : [];
    if (words.length === 0) throw wrong(place, 'a command, or a list of its words', command);
    return words.map(String);
  });
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(place: string, expected: string, found: unknown): TopologyError {
  return new TopologyError(
    `${place}: expected ${expected}, found ${typeof found === 'string' ? found : JSON.stringify(found)}`,
  );
}
