import type { Host } from './host.ts';
import type { Part } from './snapshot.ts';

/** A source of random bytes: the host's, or a seeded generator whose bytes are the same in every run. */
export interface Random extends Part {
  fill(into: Uint8Array): void;
}

/** @param seed an integer; undefined for the host's own randomness. */
export function createRandom(host: Host, seed: number | undefined): Random {
  if (seed === undefined) return { fill: (into) => host.fillRandom(into), remember: () => () => {} };
  const generator = new Sfc32(seed);
  return {
    fill(into) {
      for (let i = 0; i < into.length; i++) into[i] = generator.next() >>> 24;
    },
    remember: () => generator.remember(),
  };
}

/** Chris Doty-Humphrey's sfc32 (PractRand), 32 bits a call. */
class Sfc32 implements Part {
  #a = 0x9e3779b9;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number) {
    this.#b = Math.floor(seed / 0x1_0000_0000) | 0;
    this.#c = seed | 0;
    for (let i = 0; i < 15; i++) this.next();
  }

  next(): number {
    const [b, c] = [this.#b, this.#c];
    const sum = (((this.#a + b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = b ^ (b >>> 9);
    this.#b = (c + (c << 3)) | 0;
    this.#c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum;
  }

  remember(): () => void {
    const [a, b, c, counter] = [this.#a, this.#b, this.#c, this.#counter];
    return () => {
      this.#a = a;
      this.#b = b;
      this.#c = c;
      this.#counter = counter;
    };
  }
}
