import { type Command, complain, print } from '../context.ts';
import { runNamed } from '../command.ts';
import { Ended, readSignal, TaskTable } from '../task.ts';
import { formatDate } from './date.ts';
import { splitLines, standardInput } from './input.ts';
import { numberOf, program, UsageError } from './options.ts';
import { concatenate } from '../stream.ts';

/** Of the machine's own host, as processes on others see it. */
const OWN_ADDRESS = '10.0.0.254';
const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };
const STATES = { running: 'R', ready: 'R', waiting: 'S', stopped: 'T' } as const;

/** Milliseconds of `5`, `0.5`, `2m`. Throws a `UsageError`. */
function readInterval(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(text) ?? [];
  if (digits === undefined) throw new UsageError(`invalid time interval '${text}'`);
  return Number(digits) * (UNITS[unit] ?? 1) * 1000;
}

/** sleep SECONDS: of the machine's clock. */
export const sleep: Command = program('sleep', {}, async ({ operands }, { core, task }) => {
  if (operands.length === 0) throw new UsageError('missing operand');
  const ms = operands.map(readInterval).reduce((sum, part) => sum + part, 0);
  await task.wait(core.machine.elapsed(ms));
  return 0;
});

/** watch [-n SECONDS] COMMAND: runs it again and again; the screen shows what it printed last. */
export const watch: Command = program(
  'watch',
  { flags: 'tdx', values: 'n', long: { interval: 'n' }, stopAtOperand: true },
  async ({ flags, values, operands }, context) => {
    const { core, task } = context;
    if (operands.length === 0) throw new UsageError('missing command');
    const seconds = Math.max(0.1, readInterval(values.get('n') ?? '2') / 1000);
    const heading = `Every ${seconds.toFixed(1)}s: ${operands.join(' ')}`;
    for (;;) {
      const { nowMs } = await core.machine.clock();
      if (core.host.terminal !== undefined && context.stdout.terminal) await print(context, '\x1b[H\x1b[2J');
      const time = formatDate(nowMs);
      if (!flags.has('t')) {
        const room = Math.max(1, core.host.columns - heading.length - time.length);
        await print(context, `${heading}${' '.repeat(room)}${time}\n\n`);
      }
      await context.core.runText(operands.join(' '), context);
      await task.wait(core.machine.elapsed(seconds * 1000));
    }
  },
);

/** date [+FORMAT] [-u]: the machine's clock, in UTC. */
export const date: Command = async (args, context) => {
  const { nowMs } = await context.core.machine.clock();
  const format = args.find((arg) => arg.startsWith('+'));
  const unknown = args.find((arg) => !arg.startsWith('+') && arg !== '-u');
  if (unknown !== undefined) {
    await complain(context, `date: invalid date '${unknown}': the clock of the machine is set elsewhere`);
    return 1;
  }
  await print(context, `${formatDate(nowMs, format?.slice(1))}\n`);
  return 0;
};

/** ps: all processes of the machine, on whatever host, and what runs in its shells. Options are taken and change nothing. */
export const ps: Command = async (_args, context) => {
  const { core } = context;
  const processes = await core.machine.processes();
  const rows = [
    ['PID', 'HOST', 'STAT', 'RSS', 'COMMAND'],
    ...processes.map(({ pid, host, state, memoryBytes, argv }) => [
      String(pid),
      host,
      STATES[state],
      String(memoryBytes / 1024),
      argv.join(' '),
    ]),
    ...[...TaskTable.of(core.machine).tasks.values()]
      .filter(({ argv }) => argv[0] !== 'bash')
      .map((task) => [
        String(task.pid),
        OWN_ADDRESS,
        task === context.task ? 'R' : STATES[task.state],
        '0',
        task.argv.join(' '),
      ]),
  ];
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = [0, 1, 2, 3].map(width);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) =>
        at === 4 ? cell : at === 1 || at === 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
      )
      .join(' ');
  await print(context, rows.map((row) => `${line(row)}\n`).join(''));
  return 0;
};

/** pkill and killall [-SIGNAL] NAME: by the name of a program. */
export const pkill: Command = async (args, context) => {
  const [first = '', second] = args;
  const signal = first.startsWith('-') ? readSignal(first.slice(1)) : 'SIGTERM';
  const name = first.startsWith('-') ? second : first;
  if (!signal || name === undefined || name === '') {
    await complain(context, 'pkill: usage: pkill [-SIGNAL] name');
    return 2;
  }
  const found = (await context.core.machine.processes()).filter(({ argv }) => argv[0]?.includes(name));
  for (const { pid } of found) await context.core.machine.kill(pid, signal);
  return found.length > 0 ? 0 : 1;
};

/** xargs [-n N] [-I WORD] [-r] [-0] [COMMAND...] */
export const xargs: Command = program(
  'xargs',
  { flags: 'r0t', values: 'nI', stopAtOperand: true },
  async (options, context) => {
    const { flags, values, operands } = options;
    const chunks: Uint8Array[] = [];
    for await (const chunk of standardInput(context)) chunks.push(chunk);
    const input = concatenate(chunks);
    const place = values.get('I');
    const words = readWords(input, place !== undefined, flags.has('0'));
    const command = operands.length > 0 ? operands : ['echo'];
    const calls: string[][] = [];
    if (place !== undefined) for (const word of words) calls.push(command.map((part) => part.replaceAll(place, word)));
    else {
      const most = numberOf(options, 'n', 'number for -n option') ?? 5000;
      for (let at = 0; at < words.length; at += most) calls.push([...command, ...words.slice(at, at + most)]);
      if (words.length === 0 && !flags.has('r')) calls.push([...command]);
    }
    let status = 0;
    for (const call of calls) {
      const failed = (await runNamed(call, { ...context, nested: true })) !== 0;
      if (failed) status = 123;
    }
    return status;
  },
);

function readWords(input: Uint8Array, wholeLines: boolean, zeros: boolean): string[] {
  if (zeros) return new TextDecoder().decode(input).split('\0').filter(Boolean);
  const lines = splitLines(input);
  if (wholeLines) return lines.map((line) => line.trim()).filter(Boolean);
  const words = lines.join('\n').matchAll(/(?:[^\s"'\\]|\\[^]|"[^"\n]*"|'[^'\n]*')+/g);
  return [...words].map(([word]) => word.replace(/\\([^])|"([^"]*)"|'([^']*)'/g, '$1$2$3'));
}

/** timeout SECONDS COMMAND: status 124 if it takes longer, of the machine's time. */
export const timeout: Command = program(
  'timeout',
  { values: 'sk', stopAtOperand: true },
  async ({ operands, values }, context) => {
    const [limit, ...command] = operands;
    if (limit === undefined || command.length === 0) throw new UsageError('missing operand');
    const ms = readInterval(limit);
    const signal = readSignal(values.get('s') ?? 'TERM') ?? 'SIGTERM';
    const { core, job } = context;
    const before = new Set(job.processes);
    let over = false;
    const running = core.activity.thread(async () => {
      try {
        return await runNamed(command, context);
      } catch (error) {
        if (over && error instanceof Ended) return 124;
        throw error;
      }
    });
    const limitPassed = core.machine.elapsed(ms).then(async () => {
      over = true;
      for (const pid of job.processes) if (!before.has(pid)) await core.machine.kill(pid, signal);
      for (const task of job.tasks) if (task.argv.join(' ') === command.join(' ')) task.signal(signal);
    });
    // Told when the machine is put back, which ends the command too.
    limitPassed.catch(() => undefined);
    const status = await context.task.waitToTheEnd(running);
    return over ? 124 : status;
  },
);
