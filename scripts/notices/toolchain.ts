import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { noticesIn, type Section } from './section.ts';

/** What Emscripten links into every program: read from its installation, but its own licence, which Debian leaves out. */
export function toolchainSections(folder: string, mit: string): Section[] {
  const use = 'Part of the C library inside the WebAssembly files.';
  // The same remark goes on for hundreds of lines, about how the allocator works.
  const [malloc = ''] = noticesIn(readFileSync(join(folder, 'system/lib/dlmalloc.c'), 'utf8')).split('\n\n');
  return [
    { title: 'musl', use, notice: readFileSync(join(folder, 'system/lib/libc/musl/COPYRIGHT'), 'utf8') },
    { title: 'Emscripten', use, notice: `Copyright (c) 2010-2022 The Emscripten Authors\n\n${permissionOf(mit)}` },
    { title: 'dlmalloc', use, notice: malloc },
  ];
}

/** The MIT licence without its title and holder. */
function permissionOf(mit: string): string {
  return mit.slice(mit.indexOf('Permission is hereby granted'));
}
