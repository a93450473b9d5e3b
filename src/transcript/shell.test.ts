import { describe, expect, test } from 'vitest';
import { scriptedMachine } from './scripted-machine.ts';
import { ShellScreen } from './shell.ts';

/** Types lines into a shell where each redis-cli prints its arguments and its input. */
async function type(...lines: string[]): Promise<string[]> {
  const shell = new ShellScreen(scriptedMachine((input, argv) => `${argv.join(' ')}|${input}\n`));
  const printed: string[] = [];
  for (const line of lines) {
    await shell.type(line);
    await shell.ready(1_000);
    printed.push(...shell.takeLines());
  }
  return printed;
}

describe('the shell of a transcript', () => {
  test('runs the programs of Redis with the words a shell would make', async () => {
    expect(await type(`redis-cli SET 'a b' "c d" e`)).toEqual(['redis-cli SET a b c d e|']);
  });

  test('pipes the output of one program into the next', async () => {
    expect(await type('echo PING | redis-cli -n 1')).toEqual(['redis-cli -n 1|PING']);
    expect(await type("printf 'b\\na\\nb\\n' | sort -ru | head -1")).toEqual(['b']);
  });

  test('redirects to files and from files', async () => {
    expect(await type('echo one > f', 'echo two >> f', 'cat f', 'wc -l < f', 'grep -v one f')).toEqual([
      'one',
      'two',
      '2',
      'two',
    ]);
  });

  test('knows the exit status of the last line', async () => {
    expect(await type('echo x | grep y', 'echo $?', 'echo $?')).toEqual(['1', '0']);
  });

  test('does not wait for what runs in the background, and says its number', async () => {
    const printed = await type('redis-server --port 6400 &', 'echo $?');
    expect(printed).toEqual(['redis-server --port 6400|', expect.stringMatching(/^\[1\] \d+$/), '0']);
  });

  test('passes patterns on as they are, since no file matches', async () => {
    expect(await type('redis-cli --scan --pattern user:*')).toEqual(['redis-cli --scan --pattern user:*|']);
  });

  test('says which programs there are when one is unknown', async () => {
    expect(await type('vim redis.conf', 'echo $?')).toMatchInlineSnapshot(`
      [
        "sh: vim: command not found. There are redis-server, redis-sentinel, redis-cli, redis-benchmark, redis-check-rdb, redis-check-aof, echo, printf, cat, head, sort, wc, grep",
        "127",
      ]
    `);
  });

  test('says what it cannot read', async () => {
    expect(await type('sleep 1 && echo x', 'echo x |', 'cat nofile')).toMatchInlineSnapshot(`
      [
        "sh: this small shell cannot read \`&&\`. It knows programs, |, <, >, >> and & at the end. Write further commands on lines of their own.",
        "sh: this small shell cannot read \`|\`. A program is missing beside it.",
        "sh: /data/nofile: no such file",
      ]
    `);
  });

  test('writes bytes with printf', async () => {
    const machine = scriptedMachine(() => '');
    const shell = new ShellScreen(machine);
    await shell.type(`printf '%s\\x00\\xff\\r\\n' a > f`);
    expect([...(await machine.readFile('/data/f'))]).toEqual([97, 0, 255, 13, 10]);
  });
});
