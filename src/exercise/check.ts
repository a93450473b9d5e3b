import { MachineError, type Machine } from '../../wasm-redis/machine.ts';
import { RedisClient } from '../../wasm-redis/resp/client.ts';
import { keyOf, type Assertion } from './assertion.ts';
import { look, type Look } from './look.ts';

/** `waiting`: cannot be looked at before an earlier assertion about the same key is met. */
export type Verdict = 'met' | 'unmet' | 'waiting';

export interface Checked {
  verdict: Verdict;
  /** What was found, a statement with `code` in backticks. */
  found: string;
}

const DEFAULT_PORT = 6379;

/**
 * Looks at the state of the machine's servers, and changes none of it. An assertion whose server does not answer is
 * unmet, so a stopped server is an answer and not an error; rejects only if the machine itself fails.
 */
export async function checkAssertions(machine: Machine, assertions: readonly Assertion[]): Promise<Checked[]> {
  const clients = new Map<number, RedisClient | undefined>();
  /** Keys that an unmet assertion is about, and those whose existence or type is not yet right. */
  const unmet = new Set<string>();
  const otherKind = new Set<string>();
  const checked: Checked[] = [];
  try {
    for (const { condition } of assertions) {
      const port = condition.port ?? DEFAULT_PORT;
      if (!clients.has(port)) clients.set(port, await connect(machine, port));
      const client = clients.get(port);
      const seen: Look = client
        ? await look(condition, (...command) => client.call(...command))
        : { met: false, blocked: false, found: `no server answers on port ${port}` };
      const key = `${port} ${keyOf(condition) ?? checked.length}`;
      const waiting = !seen.met && (otherKind.has(key) || (seen.blocked && unmet.has(key)));
      if (!seen.met) unmet.add(key);
      if (!seen.met && (condition.is === 'type' || condition.is === 'exists')) otherKind.add(key);
      checked.push({ verdict: seen.met ? 'met' : waiting ? 'waiting' : 'unmet', found: seen.found });
    }
  } finally {
    for (const client of clients.values()) await client?.close();
  }
  return checked;
}

async function connect(machine: Machine, port: number): Promise<RedisClient | undefined> {
  try {
    return await RedisClient.connect(machine, { port });
  } catch (error) {
    if (error instanceof MachineError && error.code === 'ECONNREFUSED') return undefined;
    throw error;
  }
}
