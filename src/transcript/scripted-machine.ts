import {
  MachineError,
  type ExitStatus,
  type Machine,
  type Pid,
  type Signal,
  type SpawnOptions,
} from '../../wasm-redis/machine.ts';

/** What a scripted program does with a line: prints at once, or after a time on the machine's clock (for ever: Infinity). */
export type Answer = string | { afterMs: number; text: string } | { exit: ExitStatus };

interface ScriptedProcess {
  options: SpawnOptions;
  busyUntilMs: number;
  pendingText: string;
  status?: ExitStatus;
  ended: PromiseWithResolvers<ExitStatus>;
}

/**
 * A machine for tests of what is played on it: no engine, only a clock, files, and redis-cli processes whose answers
 * the test supplies. What no test needs is missing.
 */
export function scriptedMachine(answer: (line: string, argv: readonly string[]) => Answer) {
  const processes = new Map<Pid, ScriptedProcess>();
  const files = new Map<string, Uint8Array>();
  let nowMs = 0;
  let lastPid = 0;

  const print = (process: ScriptedProcess, text: string) =>
    process.options.onOutput?.(new TextEncoder().encode(text), 'stdout');
  const obey = (process: ScriptedProcess, line: string) => {
    const answered = answer(line, process.options.argv);
    if (typeof answered === 'string') void print(process, answered);
    else if ('exit' in answered) end(process, answered.exit);
    else {
      process.busyUntilMs = nowMs + answered.afterMs;
      process.pendingText = answered.text;
    }
  };
  const end = (process: ScriptedProcess, status: ExitStatus) => {
    process.status ??= status;
    process.ended.resolve(process.status);
  };
  const moveTo = (ms: number) => {
    nowMs = ms;
    for (const process of processes.values()) {
      if (process.busyUntilMs > nowMs || process.pendingText === '') continue;
      const text = process.pendingText;
      process.pendingText = '';
      void print(process, text);
      if (process.options.stdin !== 'open') end(process, { kind: 'exit', code: 0 });
    }
  };
  const find = (pid: Pid) => {
    const process = processes.get(pid);
    if (!process) throw new MachineError('ESRCH', `no process ${pid}`);
    return process;
  };

  const scripted: Partial<Machine> = {
    spawn: async (options) => {
      const process: ScriptedProcess = { options, busyUntilMs: 0, pendingText: '', ended: Promise.withResolvers() };
      processes.set(++lastPid, process);
      if (options.stdin !== 'open') {
        obey(process, new TextDecoder().decode(options.stdin));
        if (process.busyUntilMs <= nowMs) end(process, { kind: 'exit', code: 0 });
      }
      return lastPid;
    },
    kill: async (pid, signal: Signal) => {
      const process = find(pid);
      process.busyUntilMs = 0;
      process.pendingText = '';
      void print(process, `<${signal}>\n`);
    },
    exited: (pid) => find(pid).ended.promise,
    processes: async () =>
      [...processes]
        .filter(([, process]) => !process.status)
        .map(([pid, { options }]) => ({
          pid,
          argv: options.argv,
          host: '10.0.0.254',
          state: 'waiting',
          memoryBytes: 0,
          listening: [],
        })),
    writeStdin: async (pid, bytes) => obey(find(pid), new TextDecoder().decode(bytes).trimEnd()),
    waitForInput: async (pid, limitMs) => {
      const process = find(pid);
      if (process.status || process.busyUntilMs <= nowMs) return true;
      const reached = process.busyUntilMs <= nowMs + limitMs;
      moveTo(reached ? process.busyUntilMs : nowMs + limitMs);
      return reached;
    },
    readFile: async (path) => {
      const bytes = files.get(path);
      if (!bytes) throw new MachineError('ENOENT', `${path}: no such file`);
      return bytes;
    },
    writeFile: async (path, bytes) => void files.set(path, bytes),
    advance: async (ms) => moveTo(nowMs + ms),
    advanceToNext: async (_what, limitMs) => {
      const times = [...processes.values()].filter(({ busyUntilMs }) => busyUntilMs > nowMs);
      const next = Math.min(...times.map(({ busyUntilMs }) => busyUntilMs));
      moveTo(Math.min(next, nowMs + limitMs));
      return next <= nowMs;
    },
    clock: async () => ({ nowMs, uptimeMs: nowMs, rate: 0 }),
    settle: async () => Infinity,
    listening: async () => undefined,
    dispose: async () => undefined,
  };
  return scripted as Machine;
}
