import { expect, test } from 'vitest';
import { ShellRig, type } from './shell-rig.ts';

const LINES: readonly (readonly [line: string, printed: string])[] = [
  ["printf 'a\\nb\\nc\\n' | head -n 2", 'a\nb'],
  ["printf 'a\\nb\\nc\\n' | head -n -1", 'a\nb'],
  ["printf 'a\\nb\\nc\\n' | tail -n 2", 'b\nc'],
  ["printf 'a\\nb\\nc' | tail -1", 'c'],
  ["printf 'a\\nb\\nc\\n' | tail -n +2", 'b\nc'],
  ['printf abcdef | tail -c 2; echo; printf abcdef | head -c 2', 'ef\nab'],
  ['printf abcdef | tail -c +3; printf abcdef | tail -c +0; printf abcdef | tail -c +9', 'cdefabcdef'],
  ["printf 'b\\na\\nb\\n' | sort -ru", 'b\na'],
  ["printf '10\\n9\\n-1\\n' | sort -n | head -1", '-1'],
  ["printf 'x 2\\ny 1\\n' | sort -k 2 -n", 'y 1\nx 2'],
  ["printf 'a\\na\\nb\\n' | uniq -c", '      2 a\n      1 b'],
  ["printf 'a\\na\\nb\\n' | uniq -d", 'a'],
  ["printf 'one two\\nthree\\n' | wc", '2 3 14'],
  ["printf 'one two\\n' | wc -l; printf é | wc -c; printf é | wc -m", '1\n2\n1'],
  ['echo a:b:c | cut -d : -f 1,3; echo abcdef | cut -c 2-4', 'a:c\nbcd'],
  ['echo hello | tr a-y b-z; echo hello | tr -d l; echo aabb | tr -s a', 'ifmmp\nheo\nabb'],
  ['echo redis | sed s/e/E/; seq 5 | sed -n 2,3p; seq 3 | sed 2d', 'rEdis\n2\n3\n1\n3'],
  ["echo 'role:master' | sed -E 's/(\\w+):(\\w+)/\\2 \\1/'", 'master role'],
  ['seq 10 | grep -c 1; seq 3 | grep -v 2; echo Redis | grep -i redis; echo a.b | grep -o "\\."', '2\n1\n3\nRedis\n.'],
  ['seq 5 | grep -A 1 -B 1 3', '2\n3\n4'],
  ["printf 'a|b\\nab\\n' | grep 'a|b'; printf 'a\\nb\\nc\\n' | grep -E 'a|b'", 'a|b\na\nb'],
  ['echo x | grep -q x && echo found; echo x | grep -q y; echo $?', 'found\n1'],
  ['seq 3; seq 2 4; seq 0 5 10; seq -s , 3', '1\n2\n3\n2\n3\n4\n0\n5\n10\n1,2,3'],
  ['printf "%s-%d|" a 1 b 2; printf "%05.2f %x %-4s|" 3.14159 255 ab', 'a-1|b-2|03.14 ff ab  |'],
  ['echo -e "a\\tb\\x41"; echo -n x', 'a\tbA\nx'],
  ['printf "GET a\\nGET b\\n" | xargs -n 2 echo +; echo "x y" | xargs -I {} echo "<{}>"', '+ GET a\n+ GET b\n<x y>'],
  ['echo a > f; echo b >> f; cat f; wc -l < f; cat -n f', 'a\nb\n2\n     1\ta\n     2\tb'],
  ['cat f 2> errors; cat errors', 'cat: f: No such file or directory'],
  [
    'cat f > all 2>&1; cat all; cat f &> all2; cat all2',
    'cat: f: No such file or directory\ncat: f: No such file or directory',
  ],
  ['echo a | tee x | cat - x', 'a\na'],
  ['printf "\\x00\\xffAB" | xxd', '00000000: 00ff 4142                                ..AB'],
  ['printf abc | xxd -p', '616263'],
  ['mkdir -p a/b; touch a/b/c; cp -r a d; ls d/b; mv d e; ls', 'c\na  e'],
  ['touch x1 x2 y; echo x* ?1 [xy]; rm x*; ls; echo none*', 'x1 x2 x1 y\ny\nnone*'],
  ['printf abcdef > f; truncate -s -2 f; cat f; truncate -s 2 f; cat f', 'abcdab'],
  ['cd /tmp; pwd; cd - ; cd ..; pwd; cd nowhere', '/tmp\n/data\n/\nbash: cd: nowhere: No such file or directory'],
  ['date; date +%F_%T; sleep 1.5; date +%s.%3N', 'Thu Jan  1 00:00:00 UTC 2026\n2026-01-01_00:00:00\n1767225601.500'],
  ['timeout 2 sleep 5; echo $?', '124'],
  ['type cd redis-cli cat', 'cd is a shell builtin\nredis-cli is a program of Redis\ncat is a program of this shell'],
];

for (const [line, printed] of LINES) {
  test(`\`${line}\``, async () => {
    expect(await type(line)).toBe(printed);
  });
}

test('ls -l shows size and time', async () => {
  expect(await type('mkdir sub; printf 12345 > file; ls -l')).toBe(
    'total 8\n-rw-r--r-- 1 root root 5 Jan  1 00:00 file\ndrwxr-xr-x 1 root root 0 Jan  1 00:00 sub',
  );
});

test('what a program does not find or understand it says as Linux does, with its status', async () => {
  const said = [
    ['cat nofile', 'cat: nofile: No such file or directory', 1],
    ['cat /', 'cat: /: Is a directory', 1],
    ['ls nofile', "ls: cannot access 'nofile': No such file or directory", 2],
    ['rm nofile', "rm: cannot remove 'nofile': No such file or directory", 1],
    ['rm /data', "rm: cannot remove '/data': Is a directory", 1],
    ['mkdir /data', "mkdir: cannot create directory '/data': File exists", 1],
    ['mkdir /no/such', "mkdir: cannot create directory '/no/such': No such file or directory", 1],
    ['cp a', "cp: missing destination file operand after 'a'", 1],
    ['mv nofile x', "mv: cannot move 'nofile' to 'x': No such file or directory", 1],
    ['head -n x', "head: invalid number of lines: 'x'", 1],
    ['sort -Q', "sort: invalid option -- 'Q'", 1],
    ['grep', 'grep: usage: grep [OPTION]... PATTERNS [FILE]...', 2],
    ['grep "[" /dev/null', 'grep: Unmatched [, [^, [:, [., or [=', 2],
    ['sleep', 'sleep: missing operand', 1],
    ['sleep soon', "sleep: invalid time interval 'soon'", 1],
    ['sed s/a', "sed: -e expression #1, char 3: unterminated `s' command", 1],
    ['echo x > /', 'bash: /: Is a directory', 1],
    ['echo x > /no/such', 'bash: /no/such: No such file or directory', 1],
    ['cat < nofile', 'bash: nofile: No such file or directory', 1],
    ['kill 4711', 'bash: kill: (4711) - No such process', 1],
    ['kill -FOO 1', 'bash: kill: FOO: invalid signal specification', 1],
    ['fg', 'bash: fg: current: no such job', 1],
    ['on shop ls', 'on: shop: no node of that name, and no address', 1],
    [
      'edit redis.conf',
      'edit: opens an editor in a terminal of the page. Here, write the file with printf or a here-document',
      1,
    ],
    ['fault kill shop', 'fault: there are no nodes here', 1],
  ] as const;
  for (const [line, message, status] of said) {
    expect([line, await type(line, 'echo $?')]).toEqual([line, `${message}\n${status}`]);
  }
});

test('a megabyte goes through pipes and files, whole', async () => {
  expect(await type('seq 200000 | cat | tee big | wc -c', 'wc -l < big', 'tail -1 big')).toBe(
    '1288895\n200000\n200000',
  );
});

test('a program that has enough ends those before it', async () => {
  expect(await type('seq 1000000000 | head -2')).toBe('1\n2');
});

test('bytes that are no text stay what they are', async () => {
  const rig = new ShellRig();
  await rig.start("printf '%s\\x00\\xff\\r\\n' a | cat > f; cat f");
  expect([...rig.takeBytes()]).toEqual([97, 0, 255, 13, 10]);
});

test('help and history', async () => {
  expect(await type('help')).toContain('Programs    cat  cp  cut');
  expect(await type('echo a', 'history')).toBe('a\n    1  echo a\n    2  history');
});
