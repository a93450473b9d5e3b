import { matchesFilter } from './matches-filter.ts';

/** `<command-filter>`: what is typed into its field hides the commands that do not match, and groups that are empty. */
class CommandFilter extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector('input');
    const status = this.querySelector('[role=status]');
    const groups = [...document.querySelectorAll<HTMLElement>('section.group')];
    const filter = () => {
      let shown = 0;
      for (const group of groups) {
        let inGroup = 0;
        for (const item of group.querySelectorAll('li')) {
          const text = Array.from(item.children, (part) => part.textContent).join(' ');
          item.hidden = !matchesFilter(text, input?.value ?? '');
          if (!item.hidden) inGroup++;
        }
        group.hidden = inGroup === 0;
        shown += inGroup;
      }
      if (status) status.textContent = input?.value ? `${shown} ${shown === 1 ? 'command' : 'commands'}` : '';
    };
    input?.addEventListener('input', filter);
    // A browser that goes back to this page puts back what was typed.
    if (input?.value) filter();
  }
}

customElements.define('command-filter', CommandFilter);
