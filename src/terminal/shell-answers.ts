import { bootedLab } from '../machine/page-machine.ts';
import type { ShellHost } from '../shell/context.ts';
import { labAnswers } from '../shell/lab-answers.ts';
import { editText } from './edit-dialog.ts';

/**
 * What a page's shell asks of the page: its nodes by name, faults, and an editor. Loaded with the shell.
 *
 * @param focus gives the terminal its keys back when the editor closes
 */
export async function shellAnswers(focus: () => void): Promise<Partial<ShellHost>> {
  return {
    ...labAnswers(await bootedLab()),
    edit: async (name, text) => {
      const changed = await editText(name, text);
      focus();
      return changed;
    },
  };
}
