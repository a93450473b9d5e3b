import { keySlot } from './key-slot.ts';
import type { Lab } from './lab.ts';
import type { LabNode } from './lab-node.ts';

/** How long a write waits for its answer, and how often it follows MOVED. */
const ANSWER_LIMIT_MS = 100;
const REDIRECTIONS_MAX = 3;

/** A write that Redis has answered by OK. */
export interface AcknowledgedWrite {
  key: string;
  slot: number;
  /** Name of the node that said so. */
  by: string;
  /** Milliseconds since the epoch, by the machine's clock. */
  atMs: number;
}

/** A client of the cluster that writes each key once and remembers what it was promised. */
export class ClusterWriter {
  readonly acknowledged: AcknowledgedWrite[] = [];
  /** Writes that were answered by an error, or not in time: nothing was promised. */
  refused = 0;
  readonly #lab: Lab;
  readonly #owners = new Map<number, LabNode>();
  #count = 0;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** One write, of a new key, to whoever says that the slot is his. */
  async write(): Promise<void> {
    const key = `key:${this.#count++}`;
    const slot = keySlot(key);
    let node = this.#owners.get(slot) ?? this.#anyone();
    for (let tries = 0; tries <= REDIRECTIONS_MAX; tries++) {
      const reply = await node.askWithin(ANSWER_LIMIT_MS, ['SET', key, String(this.#count)]);
      if (reply === 'OK') {
        this.#owners.set(slot, node);
        const { nowMs } = await this.#lab.machine.clock();
        this.acknowledged.push({ key, slot, by: node.name, atMs: nowMs });
        return;
      }
      const moved = movedTo(reply);
      const next = this.#lab.nodes.find(({ description }) => `${description.host}:${description.port}` === moved);
      if (!next) break;
      node = next;
    }
    this.#owners.delete(slot);
    this.refused++;
  }

  #anyone(): LabNode {
    return this.#lab.nodes[this.#count % this.#lab.nodes.length]!;
  }
}

/** The address in `MOVED 3999 10.0.0.1:6379`. */
function movedTo(reply: unknown): string | undefined {
  if (typeof reply !== 'object' || reply === null || !('error' in reply)) return undefined;
  return /^MOVED \d+ (\S+)$/.exec(String(reply.error))?.[1];
}
