import type { Host } from './host.ts';

/** A source of random bytes: the host's, or a seeded generator whose bytes are the same in every run. */
export interface Random {
  fill(into: Uint8Array): void;
}

/** @param seed an integer; undefined for the host's own randomness. */
export function createRandom(host: Host, seed: number | undefined): Random {
  if (seed === undefined) return { fill: (into) => host.fillRandom(into) };
  const next = sfc32(seed);
  return {
    fill(into) {
      for (let i = 0; i < into.length; i++) into[i] = next() >>> 24;
    },
  };
}

/** Chris Doty-Humphrey's sfc32 (PractRand), 32 bits a call. */
function sfc32(seed: number): () => number {
  let a = 0x9e3779b9;
  let b = Math.floor(seed / 0x1_0000_0000) | 0;
  let c = seed | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}
