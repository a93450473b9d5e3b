import { TOPOLOGIES, type TopologyName } from '../../wasm-redis/lab/presets.ts';
import { readTopology } from '../../wasm-redis/lab/read-topology.ts';
import { type Topology, TopologyError } from '../../wasm-redis/lab/topology.ts';

/** The machine of a page, as its frontmatter describes it: `machine: sentinel`, or the longer form. */
export interface MachineDescription {
  /** By its name, or node by node. */
  topology: TopologyName | Topology;
  /** Further options of the server's command line, with `single`: `[--enable-debug-command, local]`. */
  server: readonly string[];
  /** Options of a named client's redis-cli: `{ alice: ['-3'] }`; `''` is the unnamed client. */
  clients: Readonly<Record<string, readonly string[]>>;
}

const NAMES = Object.keys(TOPOLOGIES).join(', ');
const FORM =
  `\`machine:\` with the name of a preset (${NAMES}), or with \`preset:\` or \`nodes:\`, and what belongs to it: ` +
  "`server: [--option, value]` with the preset single, `clients: { alice: ['-3'] }`";

/**
 * Reads what stands under `machine:` in the frontmatter; `undefined` is the preset `single`. Throws a
 * `MachineDescriptionError` if it has another form.
 */
export function readMachineDescription(value: unknown): MachineDescription {
  if (value === undefined) return { topology: 'single', server: [], clients: {} };
  if (typeof value === 'string') return { topology: readPreset(value), server: [], clients: {} };
  if (!isRecord(value)) throw new MachineDescriptionError(FORM, value);
  const unknown = Object.keys(value).filter((key) => !['preset', 'nodes', 'server', 'clients'].includes(key));
  if (unknown.length > 0)
    throw new MachineDescriptionError(FORM, Object.fromEntries(unknown.map((key) => [key, value[key]])));
  const { preset, nodes, server, clients = {} } = value;
  if (preset !== undefined && nodes !== undefined)
    throw new MachineDescriptionError('either `preset:` or `nodes:`', { preset, nodes });
  const topology = nodes === undefined ? readPreset(preset ?? 'single') : readNodes(nodes);
  if (server !== undefined && topology !== 'single')
    throw new MachineDescriptionError(
      '`server:` with the preset single only; elsewhere a node has `options:` of its own, under `nodes:`',
      { server },
    );
  if (!isRecord(clients)) throw new MachineDescriptionError(FORM, clients);
  return {
    topology,
    server: readWords(server ?? []),
    clients: Object.fromEntries(Object.entries(clients).map(([name, words]) => [name, readWords(words)])),
  };
}

/** The `machine:` frontmatter has a form that is not known. */
export class MachineDescriptionError extends Error {
  override readonly name = 'MachineDescriptionError';
  constructor(expected: string, found: unknown) {
    super(`expected ${expected}, found \`${JSON.stringify(found)}\` under \`machine:\` in the frontmatter`);
  }
}

function readPreset(value: unknown): TopologyName {
  if (typeof value === 'string' && Object.hasOwn(TOPOLOGIES, value)) return value as TopologyName;
  throw new MachineDescriptionError(`a preset, one of ${NAMES}`, value);
}

function readNodes(nodes: unknown): Topology {
  try {
    return readTopology({ nodes });
  } catch (error) {
    if (!(error instanceof TopologyError)) throw error;
    throw new Error(`${error.message}, under \`machine:\` in the frontmatter`, { cause: error });
  }
}

function readWords(value: unknown): string[] {
  if (!Array.isArray(value)) throw new MachineDescriptionError('a list of words', value);
  return value.map((word: unknown) => {
    if (typeof word === 'string' || typeof word === 'number') return String(word);
    throw new MachineDescriptionError('a list of words', value);
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
