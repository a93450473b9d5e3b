import { element } from '../dom/element.ts';

/** A button of a notice. */
export interface NoticeAction {
  label: string;
  act: () => void;
}

/** A line over the screens that says something and may ask something. Announced to screen readers. */
export class Notice {
  readonly root = element('div', { class: 'rt-notice', role: 'status', hidden: true });

  show(text: string, actions: readonly NoticeAction[] = []): void {
    const buttons = actions.map(({ label, act }) =>
      element('button', { type: 'button', class: 'rt-action', click: () => act() }, label),
    );
    this.root.replaceChildren(element('span', {}, text), ...buttons);
    this.root.hidden = false;
  }

  hide(): void {
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  /** Asks; resolves with the answer's label, or undefined if something else was shown instead. */
  ask(text: string, labels: readonly string[]): Promise<string | undefined> {
    return new Promise((resolve) => {
      const gone = new MutationObserver(() => {
        if (this.root.contains(first)) return;
        gone.disconnect();
        resolve(undefined);
      });
      this.show(
        text,
        labels.map((label) => ({
          label,
          act: () => {
            gone.disconnect();
            this.hide();
            resolve(label);
          },
        })),
      );
      const first = this.root.firstElementChild;
      gone.observe(this.root, { childList: true });
      this.root.querySelector('button')?.focus();
    });
  }
}
