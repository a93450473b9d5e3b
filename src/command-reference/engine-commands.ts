import { askEngine } from './ask-engine.ts';
import { currentKey, readEngineCommands, writeEngineCommands } from './engine-cache.ts';
import type { EngineCommands } from './engine-reply.ts';

/**
 * What the built engine says of its commands: from the kept file, or, if that is missing or belongs to another build,
 * from the engine, and then it is kept. Rejects when the engine is not built.
 */
export async function engineCommands(): Promise<EngineCommands> {
  const key = currentKey();
  const kept = readEngineCommands();
  if (kept?.key === key) return kept;
  const asked: EngineCommands = { key, ...(await askEngine()) };
  writeEngineCommands(asked);
  return asked;
}
