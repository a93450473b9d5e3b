import { expect, test } from 'vitest';
import type { ModuleName } from '../machine.ts';
import { ModuleShelf, type ModuleSource } from './module-shelf.ts';

const EMPTY = new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));

/** A source whose downloads go on when the test says so; modules have 100 bytes. */
class SlowSource implements ModuleSource {
  readonly asked: ModuleName[] = [];
  arrive: (receivedBytes: number) => void = () => {};
  #end = Promise.withResolvers<WebAssembly.Module>();

  fetch(file: ModuleName, onProgress: (receivedBytes: number) => void): Promise<WebAssembly.Module> {
    this.asked.push(file);
    this.arrive = onProgress;
    this.#end = Promise.withResolvers();
    return this.#end.promise;
  }

  sizeBytes(): number {
    return 100;
  }

  succeed(): void {
    this.#end.resolve(EMPTY);
  }

  fail(): void {
    this.#end.reject(new Error('no network'));
  }
}

test('a module is fetched once, for every machine of a page', async () => {
  const source = new SlowSource();
  const shelf = new ModuleShelf(source);
  const first = shelf.load('redis-server');
  const second = shelf.load('redis-server');
  source.succeed();
  expect([await first, await second, await shelf.load('redis-server')]).toEqual([EMPTY, EMPTY, EMPTY]);
  expect(source.asked).toEqual(['redis-server']);
});

test('one that could not be had is fetched again', async () => {
  const source = new SlowSource();
  const shelf = new ModuleShelf(source);
  const first = shelf.load('redis-server');
  source.fail();
  await expect(first).rejects.toThrow('no network');
  const second = shelf.load('redis-server');
  source.succeed();
  expect(await second).toBe(EMPTY);
});

test('progress counts everything that was asked for, and is told to the machine that came last', () => {
  const source = new SlowSource();
  const shelf = new ModuleShelf(source);
  const told: string[] = [];
  const listen = (name: string) => (received: number, total: number) => told.push(`${name} ${received}/${total}`);
  void shelf.load('redis-server', listen('first'));
  source.arrive(40);
  void shelf.load('redis-server', listen('second'));
  source.arrive(100);
  void shelf.load('redis-cli', listen('second'));
  source.arrive(10);
  expect(told).toEqual(['first 40/100', 'second 100/100', 'second 110/200']);
});
