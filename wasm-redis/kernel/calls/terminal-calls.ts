import { ERRNO, IOCTL, TERMIOS, WINSIZE } from '../../build/abi.ts';
import type { Process } from '../process.ts';
import { Terminal } from '../terminal.ts';

/** ioctl(2) on terminals: size and modes, which is what linenoise asks for. */
export function terminalCalls(process: Process) {
  const { memory } = process;
  return {
    ioctl(fd: number, request: number, argument: number): number {
      const terminal = process.descriptors.get(fd);
      if (!terminal) return -ERRNO.EBADF;
      if (!(terminal instanceof Terminal)) return -ERRNO.ENOTTY;
      switch (request) {
        case IOCTL.TIOCGWINSZ:
          memory.fill(argument, WINSIZE.size);
          memory.setInt16(argument + WINSIZE.ws_row, terminal.rows);
          memory.setInt16(argument + WINSIZE.ws_col, terminal.columns);
          return 0;
        case IOCTL.TCGETS: {
          const { modes } = terminal;
          memory.setUint32(argument + TERMIOS.c_iflag, modes.input);
          memory.setUint32(argument + TERMIOS.c_oflag, modes.output);
          memory.setUint32(argument + TERMIOS.c_cflag, modes.control);
          memory.setUint32(argument + TERMIOS.c_lflag, modes.local);
          memory.write(argument + TERMIOS.c_cc, modes.characters);
          return 0;
        }
        case IOCTL.TCSETS:
        case IOCTL.TCSETSW:
        case IOCTL.TCSETSF:
          terminal.setModes({
            input: memory.getUint32(argument + TERMIOS.c_iflag),
            output: memory.getUint32(argument + TERMIOS.c_oflag),
            control: memory.getUint32(argument + TERMIOS.c_cflag),
            local: memory.getUint32(argument + TERMIOS.c_lflag),
            characters: memory.copy(argument + TERMIOS.c_cc, TERMIOS.NCCS),
          });
          return 0;
        default:
          return -ERRNO.EINVAL;
      }
    },
  };
}
