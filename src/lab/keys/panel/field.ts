import { element } from '../../../dom/element.ts';
import { parseEscaped } from '../bytes.ts';

/** A labelled control: the label stands over it. */
export function field(label: string, control: HTMLElement): HTMLLabelElement {
  return element('label', { class: 'rk-field' }, element('span', {}, label), control);
}

/** A line to type into. Nothing is corrected or completed: keys and values are no prose. */
export function line(attributes: Readonly<Record<string, string>> = {}): HTMLInputElement {
  return element('input', {
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    ...attributes,
  });
}

/** The bytes that a line stands for. Throws an `EscapeError` and marks the line, which is focused. */
export function bytesTyped(input: HTMLInputElement): Uint8Array {
  input.removeAttribute('aria-invalid');
  try {
    return parseEscaped(input.value);
  } catch (error) {
    input.setAttribute('aria-invalid', 'true');
    input.focus();
    throw error;
  }
}

export function button(
  label: string,
  press: () => void,
  attributes: Readonly<Record<string, string>> = {},
): HTMLButtonElement {
  return element('button', { type: 'button', click: press, ...attributes }, label);
}

export function select(options: readonly (readonly [value: string, label: string])[]): HTMLSelectElement {
  return element('select', {}, ...options.map(([value, label]) => element('option', { value }, label)));
}

/** A form of one line of controls and a button. What `submit` rejects with is the caller's to show. */
export function form(label: string, action: string, submit: () => void, ...controls: HTMLElement[]): HTMLFormElement {
  return element(
    'form',
    {
      class: 'rk-form',
      'aria-label': label,
      submit: (event) => {
        event.preventDefault();
        submit();
      },
    },
    ...controls,
    element('button', { type: 'submit' }, action),
  );
}

/**
 * Draws a part anew and leaves the focus where it was: on the control with the same `data-focus`, or on the part itself
 * when that is gone.
 */
export function keepingFocus(part: HTMLElement, draw: () => void): void {
  const active = document.activeElement;
  const had =
    active instanceof HTMLElement && part.contains(active) && active !== part ? active.dataset['focus'] : null;
  draw();
  if (had === null || part.contains(document.activeElement)) return;
  const again = [...part.querySelectorAll<HTMLElement>('[data-focus]')].find((found) => found.dataset['focus'] === had);
  (again ?? part).focus({ preventScroll: true });
}
