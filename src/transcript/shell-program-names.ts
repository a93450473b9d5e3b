/** The shell's own programs; apart from their code, so that a terminal can complete their names without it. */
export const SHELL_PROGRAM_NAMES = ['echo', 'printf', 'cat', 'head', 'sort', 'wc', 'grep'] as const;
export type ShellProgramName = (typeof SHELL_PROGRAM_NAMES)[number];
