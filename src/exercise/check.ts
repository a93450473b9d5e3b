import { inTime } from '../../wasm-redis/lab/in-time.ts';
import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { MachineError, type Address, type Machine } from '../../wasm-redis/machine.ts';
import { RedisClient } from '../../wasm-redis/lab/node-client.ts';
import type { Plain } from '../../wasm-redis/resp/plain.ts';
import { keyOf, type Assertion, type Condition } from './assertion.ts';
import { look, type Look } from './look.ts';

/** `waiting`: cannot be looked at before an earlier assertion about the same key is met. */
export type Verdict = 'met' | 'unmet' | 'waiting';

export interface Checked {
  verdict: Verdict;
  /** What was found, a statement with `code` in backticks. */
  found: string;
}

/** How long a server may take to answer, of the machine's time: its link may be slow, it may be stopped or busy. */
const ANSWER_LIMIT_MS = 1000;

/**
 * Looks at the state of the lab's servers, and changes none of it. An assertion whose server does not answer is
 * unmet, so a stopped server is an answer and not an error; rejects only if the machine itself fails. The clock moves only
 * while an answer is on its way.
 */
export async function checkAssertions(lab: Lab, assertions: readonly Assertion[]): Promise<Checked[]> {
  const clients = new Map<string, RedisClient | undefined>();
  /** Keys that an unmet assertion is about, and those whose existence or type is not yet right. */
  const unmet = new Set<string>();
  const otherKind = new Set<string>();
  const checked: Checked[] = [];
  try {
    for (const { condition } of assertions) {
      const address = addressOf(condition, lab);
      const place = `${address.host}:${address.port}`;
      if (!clients.has(place)) clients.set(place, await connect(lab.machine, address));
      const client = clients.get(place);
      const seen = (client && (await lookInTime(lab.machine, client, condition))) ?? noAnswer(condition);
      const key = `${place} ${keyOf(condition) ?? checked.length}`;
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

/** Undefined if the server does not answer in time; the connection is of no more use then. */
async function lookInTime(machine: Machine, client: RedisClient, condition: Condition): Promise<Look | undefined> {
  const ask = async (...command: readonly string[]): Promise<Plain> => {
    const answer = await inTime(machine, ANSWER_LIMIT_MS, client.call(...command));
    if (!answer) throw new NoAnswer();
    return answer.value;
  };
  try {
    return await look(condition, ask);
  } catch (error) {
    if (error instanceof NoAnswer) return undefined;
    throw error;
  }
}

class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

function noAnswer(condition: Condition): Look {
  return { met: false, blocked: false, found: `no server answers ${whereIs(condition)}` };
}

/** Where a condition is to be looked at: a node by its name, or a port of the first node's host. Throws if there is no such node. */
export function addressOf(
  { node, port }: Pick<Condition, 'node' | 'port'>,
  { nodes, topology }: Lab,
): Required<Address> {
  const found = node === undefined ? topology.nodes[0] : topology.nodes.find(({ name }) => name === node);
  if (found) return { host: found.host, port: port ?? found.port };
  const names = nodes.map(({ name }) => name).join(', ');
  throw new Error(`expected the name of a node (${names}) as \`node:\` in an item of \`check:\`, found ${node}`);
}

function whereIs({ node, port }: Condition): string {
  if (node !== undefined) return `at \`${node}\``;
  return port === undefined ? 'there' : `on port ${port}`;
}

async function connect(machine: Machine, address: Address): Promise<RedisClient | undefined> {
  try {
    return (await inTime(machine, ANSWER_LIMIT_MS, RedisClient.connect(machine, address)))?.value;
  } catch (error) {
    if (error instanceof MachineError && error.code === 'ECONNREFUSED') return undefined;
    throw error;
  }
}
