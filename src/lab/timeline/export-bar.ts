import { element } from '../../dom/element.ts';

/** What is to be exported: lines of text, how many events they are, and from when to when. */
export interface Export {
  text: string;
  count: number;
  /** In words. */
  span: string;
}

/** Buttons that put the chosen events into the learning log or into a file. */
export function exportBar(current: () => Export): HTMLElement {
  const said = element('span', { role: 'status' });
  const log = async (): Promise<void> => {
    const { text, count, span } = current();
    if (count === 0) {
      said.textContent = 'There is no event to save.';
      return;
    }
    const { addEntry } = await import('../../learning-log/log.ts');
    const lesson = /\/lessons\/([a-z0-9-]+)\/$/.exec(location.pathname)?.[1] ?? '';
    await addEntry(lesson, { happened: `${events(count)} on the timeline of the lab, ${span}.`, terminal: text });
    const link = element('a', { href: `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}log/` }, 'learning log');
    said.replaceChildren(`${events(count)} added to your `, link, '.');
  };
  const file = async (): Promise<void> => {
    const { saveFile } = await import('../../dom/save-file.ts');
    saveFile('timeline.txt', 'text/plain', `${current().text}\n`);
  };
  const button = (label: string, act: () => Promise<void>): HTMLElement =>
    element('button', { type: 'button', class: 'lp-button', click: () => void act() }, label);
  return element(
    'div',
    { class: 'tl-row-of-buttons' },
    button('Add to the learning log', log),
    button('Save as text', file),
    said,
  );
}

function events(count: number): string {
  return count === 1 ? 'One event' : `${count} events`;
}
