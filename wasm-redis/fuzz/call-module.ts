import { type Dice } from '../differential/dice.ts';

/** A function that a program imports from the kernel, with the WebAssembly types of its parameters. */
export interface ImportedCall {
  space: string;
  name: string;
  parameters: readonly number[];
  results: readonly number[];
}

const I32 = 0x7f;
const I64 = 0x7e;
const F32 = 0x7d;
const F64 = 0x7c;
const PAGE_BYTES = 65536;
const PAGES = 2;
/** Memory of the program that is built. */
export const PROGRAM_BYTES = PAGES * PAGE_BYTES;

/** Reads the types and the imported functions of a module. Throws if a type is none of the four numbers. */
export function importedCalls(module: Uint8Array): ImportedCall[] {
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  };
  const bytes = (): number[] => Array.from({ length: number() }, () => module[at++]!);
  const text = (): string => new TextDecoder().decode(Uint8Array.from(bytes()));
  const types: { parameters: number[]; results: number[] }[] = [];
  const calls: ImportedCall[] = [];
  while (at < module.length) {
    const section = module[at++]!;
    const end = number() + at;
    if (section === 1) {
      for (let left = number(); left > 0; left--) {
        at++;
        types.push({ parameters: bytes(), results: bytes() });
      }
    } else if (section === 2) {
      for (let left = number(); left > 0; left--) {
        const [space, name] = [text(), text()];
        const kind = module[at++]!;
        if (kind !== 0) throw new Error(`${space}.${name} is no function: this reader has to learn it.`);
        calls.push({ space, name, ...types[number()]! });
      }
    }
    at = end;
  }
  return calls;
}

/** One call with its arguments, for the account of a finding. */
export interface MadeCall {
  call: ImportedCall;
  arguments: readonly (number | bigint)[];
}

/** A program that makes calls and ends; as a server, it parks and makes the second half in its step. */
export function buildModule(
  imports: readonly ImportedCall[],
  calls: readonly MadeCall[],
  memory: Uint8Array,
  server: boolean,
): Uint8Array<ArrayBuffer> {
  const index = new Map(imports.map((call, at) => [call, at]));
  const park = imports.findIndex(({ name }) => name === 'park');
  const code = (made: readonly MadeCall[]): number[] =>
    made.flatMap(({ call, arguments: values }) => [
      ...values.flatMap((value, at) => constant(call.parameters[at]!, value)),
      ...[0x10, ...leb(index.get(call)!)],
      ...call.results.map(() => 0x1a),
    ]);
  const half = Math.floor(calls.length / 2);
  const [first, second] = server ? [calls.slice(0, half), calls.slice(half)] : [calls, []];
  const started = [...code(first), ...(server && park >= 0 ? [0x10, ...leb(park)] : [])];
  const bodies = [started, code(second), [0x41, ...leb(1024)], [0x41, 0]];
  const signature = ({ parameters, results }: ImportedCall): number[] => [
    0x60,
    ...vector([...parameters]),
    ...vector([...results]),
  ];
  const own = [
    [0x60, 0, 0],
    [0x60, 1, I32, 1, I32],
  ];
  const types = [...imports.map(signature), ...own];
  const [procedure, unary] = [imports.length, imports.length + 1];
  const exported = (name: string, kind: number, at: number): number[] => [...string(name), kind, ...leb(at)];
  const exports = [
    exported('memory', 2, 0),
    exported('__indirect_function_table', 1, 0),
    exported('_start', 0, imports.length),
    exported('malloc', 0, imports.length + 2),
    exported('deliver_signal', 0, imports.length + 3),
    ...(server ? [exported('step', 0, imports.length + 1)] : []),
  ];
  const sections: [number, number[]][] = [
    [1, list(types)],
    [2, list(imports.map(({ space, name }, at) => [...string(space), ...string(name), 0, ...leb(at)]))],
    [3, list([procedure, procedure, unary, unary].map((type) => leb(type)))],
    [4, list([[0x70, 0, 1]])],
    [5, list([[0, PAGES]])],
    [7, list(exports)],
    [10, list(bodies.map((body) => vector([0, ...body, 0x0b])))],
    [11, list([[0, 0x41, 0, 0x0b, ...vector([...memory])]])],
  ];
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flatMap(([id, body]) => [id, ...vector(body)])]);
}

/** Arguments of every kind of wildness: descriptors, pointers inside, at the edge and outside, sizes, NaN. */
export function wildArguments(dice: Dice, { parameters }: ImportedCall): (number | bigint)[] {
  const size = PROGRAM_BYTES;
  const integer = (): number => {
    switch (dice.below(6)) {
      case 0:
        return dice.below(12);
      case 1:
        return dice.below(512);
      case 2:
        return size - dice.below(20);
      case 3:
        return dice.one([-1, -2, 0x7fff_ffff, -0x8000_0000, size, size + 1, 0x7fff_0000, 4096, 65535]);
      case 4:
        return dice.below(0x1_0000_0000) | 0;
      default:
        return dice.below(size);
    }
  };
  return parameters.map((type) => {
    if (type === I64)
      return dice.one([0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 32n, 2n ** 53n, BigInt(integer())]);
    if (type === F64 || type === F32) return dice.one([0, 1, -1, NaN, Infinity, -Infinity, 1e300, 1e-9, integer()]);
    return integer();
  });
}

function constant(type: number, value: number | bigint): number[] {
  if (type === I32) return [0x41, ...signedLeb(BigInt(Number(value) | 0))];
  if (type === I64) return [0x42, ...signedLeb(BigInt(value))];
  const wide = type === F64;
  const view = new DataView(new ArrayBuffer(wide ? 8 : 4));
  if (wide) view.setFloat64(0, Number(value), true);
  else view.setFloat32(0, Number(value), true);
  return [wide ? 0x44 : 0x43, ...new Uint8Array(view.buffer)];
}

function leb(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

function signedLeb(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const low = Number(rest & 0x7fn);
    if (rest >= -64n && rest < 64n) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

const vector = (items: readonly number[]): number[] => [...leb(items.length), ...items];
const list = (items: readonly (readonly number[])[]): number[] => [...leb(items.length), ...items.flat()];
const string = (text: string): number[] => vector([...new TextEncoder().encode(text)]);
