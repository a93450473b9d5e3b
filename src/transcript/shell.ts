import { MachineError, PROGRAMS, type Machine, type Pid, type ProgramName } from '../../wasm-redis/machine.ts';
import { PrintedText } from './printed-text.ts';
import { ScreenError, type Screen } from './screen.ts';
import { parseShellLine, ShellSyntaxError, type ShellStage } from './shell-line.ts';
import { SHELL_PROGRAM_NAMES } from './shell-program-names.ts';
import { concatenate, SHELL_PROGRAMS, type ShellResult } from './shell-programs.ts';

const HOME_FOLDER = '/data';
const NOTHING = new Uint8Array();

/**
 * A shell as small as the lessons allow: one pipeline a line, the programs of Redis and a few filters, redirection,
 * `$?`, `&` at the end. The stages run one after the other, each on the whole output of the one before. Whoever wants more puts a
 * shell library behind the same `Screen`.
 */
export class ShellScreen implements Screen {
  readonly #machine: Machine;
  readonly #printed = new PrintedText();
  #lastStatus = 0;
  #stages: ShellStage[] = [];
  /** What the next stage reads. */
  #input: Uint8Array = NOTHING;
  #running: { pid: Pid; stage: ShellStage; chunks: Uint8Array[] } | undefined;
  #jobs = 0;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  async type(line: string): Promise<void> {
    this.#input = NOTHING;
    try {
      this.#stages = parseShellLine(line, this.#lastStatus);
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
      this.#fail(`sh: ${error.message}\n`, 2);
      return;
    }
    await this.#goOn();
  }

  async ready(limitMs: number): Promise<boolean> {
    while (this.#running) {
      // A program of a pipeline has its whole input, so one that waits for input has ended.
      if (!(await this.#machine.waitForInput(this.#running.pid, limitMs))) return false;
      await this.#finishRunning(this.#running);
      await this.#goOn();
    }
    return true;
  }

  async interrupt(): Promise<void> {
    this.#stages = [];
    if (this.#running) await this.#machine.kill(this.#running.pid, 'SIGINT');
  }

  takeLines(): string[] {
    return this.#printed.takeLines();
  }

  /** Starts stages until one is a process, which must be waited for, or none is left. */
  async #goOn(): Promise<void> {
    while (!this.#running) {
      const stage = this.#stages.shift();
      if (!stage) return;
      try {
        if (stage.inputFile !== undefined) this.#input = await this.#readFile(stage.inputFile);
        await this.#start(stage);
      } catch (error) {
        if (!(error instanceof MachineError)) throw error;
        this.#fail(`sh: ${error.message}\n`, 1);
      }
    }
  }

  async #start(stage: ShellStage): Promise<void> {
    const [name = '', ...args] = stage.words;
    const own = SHELL_PROGRAM_NAMES.find((known) => known === name);
    const program = own && SHELL_PROGRAMS[own];
    if (program) {
      const result = await program(args, this.#input, (path) => this.#readFile(path));
      await this.#pass(stage, result);
    } else if (isRedisProgram(name)) {
      const chunks: Uint8Array[] = [];
      const toScreen = this.#stages.length === 0 && !stage.output;
      const pid = await this.#machine.spawn({
        argv: [name, ...args],
        // A person reads what is printed on the screen, a program reads what is printed into a pipe or a file.
        env: { HOME: '/root', TERM: 'xterm-256color', ...(toScreen && { FAKETTY: '1' }) },
        stdin: this.#input,
        onOutput: (bytes, stream) => {
          if (toScreen || stream === 'stderr') this.#printed.append(bytes, stream);
          else chunks.push(bytes);
        },
      });
      if (stage.background) {
        this.#print(`[${++this.#jobs}] ${pid}\n`);
        this.#lastStatus = 0;
      } else this.#running = { pid, stage, chunks };
    } else {
      const known = [...PROGRAMS, ...SHELL_PROGRAM_NAMES].join(', ');
      this.#fail(`sh: ${name}: command not found. There are ${known}\n`, 127);
    }
  }

  async #finishRunning({ pid, stage, chunks }: { pid: Pid; stage: ShellStage; chunks: Uint8Array[] }): Promise<void> {
    const status = await this.#machine.exited(pid);
    this.#running = undefined;
    if (status.kind === 'trap') throw new ScreenError(`${stage.words[0]} has crashed: ${status.message}`);
    await this.#pass(stage, { output: concatenate(chunks), status: status.kind === 'exit' ? status.code : 130 });
  }

  /** Hands the output of a stage to where it goes: a file, the next stage, the screen. */
  async #pass(stage: ShellStage, { output, error, status }: ShellResult): Promise<void> {
    this.#lastStatus = status;
    if (error !== undefined) this.#print(error);
    this.#input = NOTHING;
    if (stage.output) {
      const path = absolute(stage.output.file);
      const before = stage.output.append ? await this.#readFile(path).catch(nothingIfMissing) : NOTHING;
      await this.#machine.writeFile(path, concatenate([before, output]));
    } else if (this.#stages.length > 0) this.#input = output;
    else this.#printed.append(output, 'stdout');
  }

  #fail(message: string, status: number): void {
    this.#print(message);
    this.#lastStatus = status;
    this.#stages = [];
  }

  #print(text: string): void {
    this.#printed.append(new TextEncoder().encode(text), 'stderr');
  }

  #readFile(path: string): Promise<Uint8Array> {
    return this.#machine.readFile(absolute(path));
  }
}

function isRedisProgram(name: string): name is ProgramName {
  return (PROGRAMS as readonly string[]).includes(name);
}

function absolute(path: string): string {
  return path.startsWith('/') ? path : `${HOME_FOLDER}/${path}`;
}

function nothingIfMissing(error: unknown): Uint8Array {
  if (error instanceof MachineError && error.code === 'ENOENT') return NOTHING;
  throw error;
}
