import { element } from '../dom/element.ts';
import { watchFacts } from '../progress/store.ts';
import type { RedisTerminal } from '../terminal/redis-terminal.ts';
import { entryForm } from './entry-form.ts';
import { addEntry, readLog } from './log.ts';

/**
 * Puts into a place of a lesson a button that opens the form of the learning log, and how many entries there are.
 * A lesson with a prompt of its own has the form there; the place at its end then stays empty.
 */
export function offerEntry(place: HTMLElement, lesson: string): void {
  if (!('logPrompt' in place.dataset) && document.querySelector('[data-log-prompt]')) return;
  const open = element('button', { type: 'button', class: 'rm-button' }, 'Write in your learning log');
  const entries = element('span', { role: 'status' });
  const offer = element('div', { class: 'rm-log-offer not-content' }, open, entries);
  place.append(offer);
  open.addEventListener('click', () => {
    open.hidden = true;
    const close = (): void => {
      form.remove();
      open.hidden = false;
      open.focus();
    };
    const form = entryForm({
      text: { question: promptOf(place) },
      terminalText,
      save: async (text) => {
        await addEntry(lesson, text);
        close();
      },
      cancel: close,
    });
    form.classList.add('not-content');
    offer.after(form);
    form.querySelector('textarea')?.focus();
  });
  const count = async (): Promise<void> => {
    const own = (await readLog()).filter((entry) => entry.lesson === lesson).length;
    const link = element('a', { href: `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}log/` }, 'in your log');
    entries.replaceChildren(...(own === 0 ? [] : [own === 1 ? 'One entry ' : `${own} entries `, link]));
  };
  watchFacts((keys) => {
    if (keys.length === 0 || keys.some((key) => key.startsWith('log/'))) void count();
  });
  void count();
}

/** The lesson's own question, if it asks one, is what the entry begins with. */
function promptOf(place: HTMLElement): string {
  if (!('logPrompt' in place.dataset)) return '';
  return (place.querySelector('p')?.textContent ?? '').trim().replace(/\s+/g, ' ');
}

async function terminalText(): Promise<string> {
  return (await document.querySelector<RedisTerminal>('redis-terminal')?.text()) ?? '';
}
