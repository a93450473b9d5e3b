import type { ParsedScript } from 'unbash';
import type { Context } from './context.ts';
import { runScript } from './execute.ts';
import { Collector } from './stream.ts';

/** Runs `$(...)` in a subshell. Resolves with what it printed, without the newlines at its end; `$?` is its status. */
export async function substitute(script: ParsedScript | undefined, context: Context): Promise<string> {
  if (!script) return '';
  const output = new Collector();
  const state = context.state.copy();
  context.state.status = await runScript(script, { ...context, state, stdout: output, onPid: undefined });
  return new TextDecoder().decode(output.bytes).replace(/\0/g, '').replace(/\n+$/, '');
}
