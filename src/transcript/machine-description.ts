import { PRESETS, type PresetName } from './presets.ts';

/** The machine of a page, as its frontmatter describes it: `machine: single`, or the longer form with options. */
export interface MachineDescription {
  preset: PresetName;
  /** Further options for each server: `[--enable-debug-command, local]`. */
  server: readonly string[];
  /** Options of a named client's redis-cli: `{ alice: ['-3'] }`; `''` is the unnamed client. */
  clients: Readonly<Record<string, readonly string[]>>;
}

const FORM =
  "`machine: single`, or `machine:` with `preset: single`, `server: [--option, value]` and `clients: { alice: ['-3'] }`";

/**
 * Reads what stands under `machine:` in the frontmatter; `undefined` is the preset `single`. Throws a
 * `MachineDescriptionError` if it has another form.
 */
export function readMachineDescription(value: unknown): MachineDescription {
  if (value === undefined) return { preset: 'single', server: [], clients: {} };
  if (typeof value === 'string') return { preset: readPreset(value), server: [], clients: {} };
  if (!isRecord(value)) throw new MachineDescriptionError(FORM, value);
  const unknown = Object.keys(value).filter((key) => !['preset', 'server', 'clients'].includes(key));
  if (unknown.length > 0)
    throw new MachineDescriptionError(FORM, Object.fromEntries(unknown.map((key) => [key, value[key]])));
  const clients = value['clients'] ?? {};
  if (!isRecord(clients)) throw new MachineDescriptionError(FORM, clients);
  return {
    preset: readPreset(value['preset'] ?? 'single'),
    server: readWords(value['server'] ?? []),
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

function readPreset(value: unknown): PresetName {
  if (typeof value === 'string' && value in PRESETS) return value as PresetName;
  throw new MachineDescriptionError(`a preset, one of ${Object.keys(PRESETS).join(', ')}`, value);
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
