import { type Target } from './target.ts';

/** `(func (export "f") (loop (br 0)))` */
const ENDLESS = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0];
const LOOP = [10, 9, 1, 7, 0, 3, 64, 12, 0, 11, 11];

function atThree(fail: () => void): () => Target {
  return () => ({
    name: 'broken at 3',
    execute: async (seed) => {
      if (seed === 3) fail();
      return undefined;
    },
    close: async () => {},
  });
}

/** Targets that go wrong at seed 3, for the tests of who watches them. */
export const TARGETS: Readonly<Record<string, () => Target>> = {
  hangs: atThree(() => {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from([...ENDLESS, ...LOOP])));
    (exports as { f: () => void }).f();
  }),
  ends: atThree(() => process.exit(9)),
  throws: atThree(() => {
    throw new Error('thrown at 3');
  }),
};
