import type { Address } from '../../../wasm-redis/machine.ts';
import type { RespValue } from '../../../wasm-redis/resp/value.ts';
import { crc16, hashTag } from '../../../wasm-redis/lab/key-slot.ts';
import { SLOTS } from '../../../wasm-redis/lab/topology.ts';
import { bytesOfId } from './bytes.ts';
import { itemsIn, numberIn, textIn } from './reply.ts';

/** Slots and the primary that has them, ends included. */
export interface SlotRange {
  first: number;
  last: number;
  owner: Required<Address>;
}

/** The slot of a key of any bytes, by its id. */
export function slotOf(id: string): number {
  return crc16(bytesOfId(hashTag(id))) % SLOTS;
}

/** Reads the answer to `CLUSTER SLOTS`. A node that knows no address of its own (empty) is left out. */
export function readSlots(reply: RespValue | undefined): SlotRange[] {
  return itemsIn(reply).flatMap((range): SlotRange[] => {
    const [first, last, primary] = itemsIn(range);
    const [host, port] = itemsIn(primary);
    const owner = { host: textIn(host), port: numberIn(port) };
    return owner.host === '' ? [] : [{ first: numberIn(first), last: numberIn(last), owner }];
  });
}

/** Where an error sends one: `MOVED 12182 10.0.0.3:6379`. Undefined for all others. */
export function redirection(
  reply: RespValue | undefined,
): { kind: 'MOVED' | 'ASK'; to: Required<Address> } | undefined {
  if (reply?.kind !== 'error') return undefined;
  const found = /^(MOVED|ASK) \d+ (.+):(\d+)$/.exec(reply.text);
  if (!found) return undefined;
  return { kind: found[1] as 'MOVED' | 'ASK', to: { host: found[2]!, port: Number(found[3]) } };
}
