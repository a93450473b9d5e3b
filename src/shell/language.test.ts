import { expect, test } from 'vitest';
import { type } from './shell-rig.ts';

/** A line, and what bash 5.2 prints for it. */
const LINES: readonly (readonly [line: string, printed: string])[] = [
  ['echo one  two "three  four"', 'one two three  four'],
  [`echo 'a$b' "a\\"b" a\\ b $'x\\ty'`, 'a$b a"b a b x\ty'],
  ['x=5; echo $x "$x" \'$x\' ${x}y', '5 5 $x 5y'],
  ['echo ${x:-none} ${x-none} ${#x}', 'none none 0'],
  [
    'f=node.rdb.bak; echo ${f%.*} ${f%%.*} ${f#*.} ${f##*.} ${f/o/0} ${f:0:4}',
    'node.rdb node rdb.bak bak n0de.rdb.bak node',
  ],
  ['w=redis; echo ${w^} ${w^^}', 'Redis REDIS'],
  ['x="a  b"; echo $x "$x"', 'a b a  b'],
  ['echo $((1 + 2 * 3)) $(( (1 + 2) * 3 )) $((7 / 2)) $((7 % 2)) $((2 ** 10)) $((5 > 3))', '7 9 3 1 1024 1'],
  ['i=1; ((i++)); ((i += 5)); echo $i', '7'],
  ['echo $(echo inner; echo more)', 'inner more'],
  ['echo "$(printf "a\\n\\n")"', 'a'],
  ['echo {a,b}{1..3} {5..1..2} {01..03}', 'a1 a2 a3 b1 b2 b3 5 3 1 01 02 03'],
  ['echo {single} {a', '{single} {a'],
  ['true && echo yes || echo no; false && echo yes || echo no', 'yes\nno'],
  ['! true; echo $?; ! false; echo $?', '1\n0'],
  ['if false; then echo a; elif true; then echo b; else echo c; fi', 'b'],
  ['for i in 1 2 3; do echo $i; done', '1\n2\n3'],
  ['for ((i = 0; i < 3; i++)); do echo -n $i; done', '012'],
  ['i=0; while [ $i -lt 3 ]; do i=$((i + 1)); [ $i = 2 ] && continue; echo $i; done', '1\n3'],
  ['i=3; until ((i == 0)); do echo $((i--)); done', '3\n2\n1'],
  ['for i in 1 2 3; do for j in 1 2; do [ $i = 2 ] && break 2; echo $i$j; done; done', '11\n12'],
  ['case node.rdb in *.aof) echo aof;; *.rdb|*.tmp) echo rdb;; *) echo other;; esac', 'rdb'],
  ['f() { echo "$1 of $#: $@"; return 3; }; f a "b c"; echo $?', 'a of 2: a b c\n3'],
  ['set -- a b c; shift; echo $1 $#; for x; do echo -n "<$x>"; done', 'b 2\n<b><c>'],
  ['(x=inside; cd /; echo $x); echo "${x:-outside}" $(pwd)', 'inside\noutside /data'],
  ['{ echo a; echo b; } | tr a-z A-Z', 'A\nB'],
  ['echo a | read x; echo "[$x]"', '[]'],
  ['printf "1 2\\n3 4\\n" | while read a b; do echo $b-$a; done', '2-1\n4-3'],
  ['[[ redis == r*s && ! -e nofile ]] && echo ok', 'ok'],
  ['[[ v7.0.15 =~ 7\\.[0-9] ]] && echo ok', 'ok'],
  ['[ -z "" ] && [ -n x ] && [ 2 -gt 1 ] && test a != b && echo ok', 'ok'],
  ['false | true; echo $?; set -o pipefail; false | true; echo $?', '0\n1'],
  ['x=1 env | grep ^x; echo "[$x]"', 'x=1\n[]'],
  ['export A=b; env | grep ^A', 'A=b'],
  ['eval "echo a; echo b"', 'a\nb'],
  ['bash -c "exit 5"; echo $?', '5'],
  ['(exit 3); echo $?', '3'],
  ['echo a # not this', 'a'],
  ['echo out; echo err 1>&2', 'out\nerr'],
  ['unset x; : ${x:=set}; echo $x', 'set'],
  ["cat <<< 'a string'", 'a string'],
];

for (const [line, printed] of LINES) {
  test(`\`${line}\``, async () => {
    expect(await type(line)).toBe(printed);
  });
}

test('a line goes on until it is complete: loops, here-documents, a backslash', async () => {
  expect(await type('for i in 1 2', 'do', 'echo $i', 'done')).toBe('1\n2');
  expect(await type('x=7', 'cat <<END', 'x is $x', '  $((x + 1))', 'END')).toBe('x is 7\n  8');
  expect(await type("cat <<'END'", 'x is $x', 'END')).toBe('x is $x');
  expect(await type('echo a \\', 'b')).toBe('a b');
  expect(await type('echo "a', 'b"')).toBe('a\nb');
});

test('what is no line of a shell is said as bash says it', async () => {
  expect(await type('echo )', 'echo $?')).toBe("bash: syntax error near unexpected token `)'\n2");
  expect(await type('| head')).toBe("bash: syntax error near unexpected token `|'");
  expect(await type('echo >')).toBe("bash: syntax error near unexpected token `newline'");
  expect(await type('fi')).toBe("bash: syntax error near unexpected token `fi'");
  expect(await type('eval "echo \'"', 'echo $?')).toBe("bash: unexpected EOF while looking for matching `''\n2");
});

test('a name without a program is not found: 127', async () => {
  expect(await type('vim redis.conf', 'echo $?', './run', 'constructor')).toBe(
    'bash: vim: command not found\n127\nbash: ./run: No such file or directory\nbash: constructor: command not found',
  );
});

test('who types a command of Redis into the shell is told where it goes', async () => {
  expect(await type('SET bike:1 Deimos', 'echo $?')).toBe(
    'bash: SET: command not found\nThis is a shell. Redis commands go to redis-cli: redis-cli SET ...\n127',
  );
});

test('an error in a word ends the line and not the shell', async () => {
  expect(await type('echo $((1 / 0)); echo not this', 'echo $?')).toBe('bash: division by 0\n1');
  expect(await type('set -u', 'echo $nothing', 'echo after')).toBe('bash: nothing: unbound variable\nafter');
  expect(await type('a=(1 2)')).toBe('bash: a: arrays are not supported');
  expect(await type('f() { f; }; f', 'echo after')).toBe('bash: maximum function nesting level exceeded (200)\nafter');
});
