/**
 * The little that the kernel uses of its runtime beside the language: both Node and browsers have it. The kernel is
 * compiled without the types of either (see tsconfig.json), so that nothing else slips in.
 */

declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  interface Table {
    readonly length: number;
    get(index: number): ((...args: never[]) => unknown) | null;
  }
  interface Global {
    value: number | bigint;
  }
  interface Module {
    readonly [brand: symbol]: never;
  }
  type ExportValue = ((...args: never[]) => unknown) | Memory | Table | Global;
  type ImportValue = ((...args: never[]) => unknown) | Memory | Table | Global | number;
  interface Instance {
    readonly exports: Record<string, ExportValue>;
  }
  interface ModuleItem {
    readonly name: string;
    readonly kind: 'function' | 'memory' | 'table' | 'global' | 'tag';
  }
  type Imports = Record<string, Record<string, ImportValue>>;
  const Module: {
    prototype: Module;
    imports(module: Module): (ModuleItem & { readonly module: string })[];
    exports(module: Module): ModuleItem[];
  };
  const Instance: new (module: Module, imports?: Imports) => Instance;
  class RuntimeError extends Error {}
  class LinkError extends Error {}
  class Exception {}
}

declare class TextDecoder {
  constructor(label?: 'utf-8' | 'latin1', options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, target: Uint8Array): { read: number; written: number };
}
