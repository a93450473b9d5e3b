import { type Dice } from '../differential/dice.ts';

const INTERESTING = [0, 1, 0x7f, 0x80, 0xfe, 0xff, 0x40, 0xc0, 10, 13, 36, 42];

/** A few bytes changed, left out, doubled or put in; what is valid mostly stays so for a while. */
export function mutate(dice: Dice, original: Uint8Array): Uint8Array {
  let bytes: Uint8Array = original.slice();
  for (let left = dice.between(1, 8); left > 0 && bytes.length > 0; left--) {
    const at = dice.below(bytes.length);
    switch (dice.below(6)) {
      case 0:
        bytes[at] = dice.below(256);
        break;
      case 1:
        bytes[at]! ^= 1 << dice.below(8);
        break;
      case 2:
        bytes[at] = dice.one(INTERESTING);
        break;
      case 3:
        bytes = joined(bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + dice.between(1, 16))));
        break;
      case 4:
        bytes = joined(bytes.subarray(0, at), bytes.subarray(at, at + dice.between(1, 32)), bytes.subarray(at));
        break;
      default:
        bytes = joined(bytes.subarray(0, at), Uint8Array.of(dice.one(INTERESTING)), bytes.subarray(at));
    }
  }
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
