import { createHost } from '../direct/host.ts';
import { createRandom } from '../kernel/random.ts';

/** Random choices for tests, the same for the same seed. */
export interface Choices {
  /** An integer from 0 up to, not including, a limit. */
  below: (limit: number) => number;
  bytes: (count: number) => Uint8Array;
  one: <T>(items: readonly T[]) => T;
}

export function choices(seed: number): Choices {
  const random = createRandom(createHost(), seed);
  const bytes = (count: number): Uint8Array => {
    const filled = new Uint8Array(count);
    random.fill(filled);
    return filled;
  };
  const below = (limit: number): number => {
    const [a, b, c, d] = bytes(4);
    return Math.floor(((a! * 0x1_00_00_00 + b! * 0x1_00_00 + c! * 0x1_00 + d!) / 0x1_0000_0000) * limit);
  };
  return { below, bytes, one: (items) => items[below(items.length)]! };
}
