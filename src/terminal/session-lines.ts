import { History } from '../shell/history.ts';
import { CommandLine, type CommandLineOptions, type LineScreen } from './command-line.ts';

/** What is typed in a session without a process that reads it: lines of the shell, and those that a program of it reads. */
export class SessionLines {
  readonly history = new History();
  readonly command: CommandLine;
  readonly input: CommandLine;

  constructor(screen: LineScreen, complete: NonNullable<CommandLineOptions['complete']>) {
    this.command = new CommandLine(screen, { history: this.history, complete });
    this.input = new CommandLine(screen);
  }
}
