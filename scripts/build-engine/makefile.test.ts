import { expect, test } from 'vitest';
import { objectsOf } from './makefile.ts';

test('the objects of a variable come in order, also over continued lines', () => {
  const makefile = 'CORE_O=\tlapi.o lcode.o \\\n\tlvm.o fpconv.o\nLIB_O = linit.o # the last\n';
  expect(objectsOf(makefile, 'CORE_O')).toEqual(['lapi', 'lcode', 'lvm', 'fpconv']);
  expect(objectsOf(makefile, 'LIB_O')).toEqual(['linit']);
});

test('words that are not object files are left out', () => {
  expect(objectsOf('OBJ=a.o $(TLS_OBJ) b.o libx.a\n', 'OBJ')).toEqual(['a', 'b']);
});

test('a later assignment of the same name does not replace the first', () => {
  expect(objectsOf('OBJ=a.o\nifeq ($(USE_SSL),1)\nOBJ=ssl.o\nendif\n', 'OBJ')).toEqual(['a']);
});

test('a variable that is not there is an error that names it', () => {
  expect(() => objectsOf('OTHER=a.o\n', 'OBJ')).toThrow('no list of objects called OBJ');
});
