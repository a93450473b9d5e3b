import { expect, test } from 'vitest';
import { parseTranscript } from '../transcript/parse.ts';
import { highlightLine } from './highlight-line.ts';

/** Each line with what is coloured in brackets: `[prompt:>] [command:GET] [key:a]`. */
function paint(source: string): string {
  return parseTranscript(source)
    .lines.map((line) => {
      let painted = '';
      let column = 0;
      for (const { start, end, kind } of highlightLine(line)) {
        painted += `${line.text.slice(column, start)}[${kind}:${line.text.slice(start, end)}]`;
        column = end;
      }
      return painted + line.text.slice(column);
    })
    .join('\n');
}

test('commands, subcommands, options and keys are those that Redis knows', () => {
  expect(
    paint(
      [
        '> SET bike:1 "Deimos" EX 60 NX',
        '> mset a 1 b two',
        'alice> OBJECT ENCODING bike:1',
        '> CONFIG GET maxmemory',
        '> XREAD COUNT 2 STREAMS s1 s2 0 0-1',
        '> ZUNION 2 a b WITHSCORES',
        '> BLPOP a b 0',
        '> EVAL "return 1" 1 k v',
        '> 5 INCR counter',
        '> NOSUCH thing',
      ].join('\n'),
    ),
  ).toMatchInlineSnapshot(`
    "[prompt:>] [command:SET] [key:bike:1] [string:"Deimos"] [option:EX] [number:60] [option:NX]
    [prompt:>] [command:mset] [key:a] [number:1] [key:b] two
    [prompt:alice>] [command:OBJECT] [command:ENCODING] [key:bike:1]
    [prompt:>] [command:CONFIG] [command:GET] maxmemory
    [prompt:>] [command:XREAD] [option:COUNT] [number:2] [option:STREAMS] [key:s1] [key:s2] [number:0] 0-1
    [prompt:>] [command:ZUNION] [number:2] [key:a] [key:b] [option:WITHSCORES]
    [prompt:>] [command:BLPOP] [key:a] [key:b] [number:0]
    [prompt:>] [command:EVAL] [string:"return 1"] [number:1] [key:k] v
    [prompt:>] [number:5] [command:INCR] [key:counter]
    [prompt:>] [command:NOSUCH] thing"
  `);
});

test('replies are coloured by their form', () => {
  expect(
    paint(
      [
        '> X',
        'OK',
        '(integer) 3',
        '(nil)',
        '(error) WRONGTYPE Operation',
        '1) "a \\" b"',
        '2) 1) (integer) -7',
        '   2) (empty array)',
        '1# "a" => "1"',
        '2# "b" => (double) 1.5',
        '(1.02s)',
        '\\# Server',
        'redis_version:7.0.15',
        '(no note)',
      ].join('\n'),
    ),
  ).toMatchInlineSnapshot(`
    "[prompt:>] [command:X]
    OK
    [note:(integer) ][number:3]
    [note:(nil)]
    [error:(error) WRONGTYPE Operation]
    [note:1) ][string:"a \\" b"]
    [note:2) ][note:1) ][note:(integer) ][number:-7]
    [note:   2) ][note:(empty array)]
    [note:1# ][string:"a"] => [string:"1"]
    [note:2# ][string:"b"] => [note:(double) ][number:1.5]
    [note:(1.02s)]
    # Server
    redis_version:7.0.15
    (no note)"
  `);
});

test('shell lines, remarks and waits', () => {
  expect(paint('# a remark\n$ redis-cli -r 5 INCR c | head -1\n1\n# wait 10s\nalice>')).toMatchInlineSnapshot(`
    "[remark:# a remark]
    [prompt:$] [command:redis-cli] [option:-r] [number:5] INCR c | [command:head] [option:-1]
    1
    [remark:# wait 10s]
    [prompt:alice>]"
  `);
});
