/**
 * Whether a save contains everything: each field of the kernel that can change is named by the `remember` of its class, or
 * stands here with the reason why it is not put back. That what is named is put back is for ./rewind.test.ts to show.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const KERNEL = join(import.meta.dirname, '../kernel');

/** What is not put back. A class without fields means all of them. */
const NOT_PUT_BACK: Readonly<Record<string, string>> = {
  'Asyncify.#exports': 'functions of the instance, which `ProgramInstance.remember` replaces',
  ByteQueue: '`remember` copies the bytes, wherever in the ring they are',
  Capture: 'what was seen was seen; after a restore the tap empties it',
  'Clock.#rate': 'the choice of whoever looks on',
  'Clock.#reads': 'begins anew with each run',
  'Connection.#told': 'outside, where nothing is put back',
  Driver: 'it drives the machine and is no part of it',
  'FileInode.#changedChunks': 'what a mirror has yet to be told',
  'FileSystem.#reported': 'what a mirror has',
  'FaultQueue.apply': 'code, not state',
  'Fork.#parent': 'undefined between runs: a child ends before its parent goes on',
  'Fork.#waitsFor': 'likewise',
  'Fork.#sleepUs': 'likewise',
  'Fork.#diverted': 'likewise',
  'Kernel.#listenerPids': 'weak: a listener has been noted once, and that stays true',
  'Kernel.#outputs': 'counts for `advanceToNext`, which a restore ends',
  'Kernel.onSystemCall': 'for tests',
  'Links.makeLine': 'code, not state',
  LinearMemory: '`ProgramInstance.remember` copies it',
  'OutputSink.#unconsumed': 'on its way outside, where nothing is put back',
  'PipeWriter.divert': 'undefined between runs: a child ends before its parent goes on',
  'Process.running': 'false between runs',
  'ProcessClock.#runStartMs': 'begins anew with each run',
  Snapshot: 'it is the save',
  Tap: 'begins anew with each restore',
  'Terminal.columns': 'the size of the window',
  'Terminal.rows': 'the size of the window',
};

/** What a field that nobody assigns can hold and change all the same. */
const CONTAINER =
  /\[\]$|^(Map|Set|WeakMap|WeakSet|ByteQueue|DescriptorTable|OutputSink|Fork|ClockPage|ProcessClock|ProgramInstance|BlockedCall)\b/;

/** `Class.field` for each field of a text's classes that can change and that their `remember` does not name. */
function forgotten(text: string): string[] {
  const source = ts.createSourceFile('kernel.ts', text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassDeclaration(node) && node.name) {
      const remember = node.members.find((member) => member.name?.getText() === 'remember')?.getText() ?? '';
      for (const field of node.members.filter(ts.isPropertyDeclaration)) {
        const name = field.name.getText();
        const named = new RegExp(`(^|[^\\w#])${name}([^\\w]|$)`).test(remember);
        if (canChange(field) && !named) found.push(`${node.name.text}.${name}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function canChange(field: ts.PropertyDeclaration): boolean {
  const modifiers = ts.getModifiers(field)?.map(({ kind }) => kind) ?? [];
  if (modifiers.includes(ts.SyntaxKind.AbstractKeyword) || modifiers.includes(ts.SyntaxKind.StaticKeyword))
    return false;
  // A function is set when the machine is made.
  if (field.initializer && ts.isArrowFunction(field.initializer)) return false;
  if (!modifiers.includes(ts.SyntaxKind.ReadonlyKeyword)) return true;
  const type = field.type?.getText() ?? '';
  if (/^(readonly|Readonly)/.test(type)) return false;
  const { initializer } = field;
  if (!initializer) return CONTAINER.test(type);
  return ts.isNewExpression(initializer)
    ? CONTAINER.test(initializer.expression.getText())
    : initializer.kind === ts.SyntaxKind.ArrayLiteralExpression;
}

function isExcepted(field: string): boolean {
  return field in NOT_PUT_BACK || field.slice(0, field.indexOf('.')) in NOT_PUT_BACK;
}

const files = readdirSync(KERNEL).filter((name) => name.endsWith('.ts') && !/\.(test|d)\.ts$/.test(name));

test.each(files)('%s: every field that can change is remembered', (file) => {
  const fields = forgotten(readFileSync(join(KERNEL, file), 'utf8'));
  expect(
    fields.filter((field) => !isExcepted(field)),
    `name them in remember(), see ${basename(import.meta.url)}`,
  ).toEqual([]);
});

test('every exception is one', () => {
  const fields = files.flatMap((file) => forgotten(readFileSync(join(KERNEL, file), 'utf8')));
  const needed = Object.keys(NOT_PUT_BACK).filter((name) =>
    fields.some((field) => field === name || field.startsWith(`${name}.`)),
  );
  expect(needed).toEqual(Object.keys(NOT_PUT_BACK));
});

test('a field that is forgotten is found, whatever it is', () => {
  const text = `
    class Part {
      readonly name: string;
      readonly list: string[] = [];
      readonly fixed: readonly string[] = [];
      readonly #byName = new Map<string, number>();
      readonly #files: File[];
      #count = 0;
      kept = 1;
      other = 2;
      remember() {
        const { kept } = this;
        return () => { this.kept = kept; this.otherThing(); };
      }
    }
    class Bare { state = 'idle'; }`;
  expect(forgotten(text)).toEqual([
    'Part.list',
    'Part.#byName',
    'Part.#files',
    'Part.#count',
    'Part.other',
    'Bare.state',
  ]);
});
