import { highlightReply } from '../transcript/highlight-reply.ts';
import type { PlayedStep } from '../transcript/play.ts';
import { stepText } from '../transcript/step-text.ts';

/**
 * One step as it was played: what was typed, what the machine gave, and a mark in words if that differs from what is
 * printed. Text of the machine is only ever set as text; control characters are shown by their signs.
 */
export function renderStep({ step, reply, outcome, failure }: PlayedStep): HTMLElement {
  const element = make('div', 'redis-step');
  element.append(line(stepText(step), 'redis-typed'));
  for (const text of reply) element.append(replyLine(visible(text)));
  if (outcome === 'same') return element;
  element.classList.add('redis-differs');
  const mark = make('div', 'redis-mark');
  mark.textContent = failure
    ? `Stopped: ${failure.found}. Expected ${failure.expected}.`
    : reply.length === 0
      ? '≠ differs from the lesson: nothing was printed'
      : '≠ differs from what the lesson prints';
  element.append(mark);
  return element;
}

/** "3 steps, every reply as printed", or how many are not. A wait counts as a step. */
export function summarise(steps: readonly PlayedStep[]): string {
  const failed = steps.at(-1)?.outcome === 'failed';
  const differing = steps.filter((step) => step.outcome === 'differs').length;
  const count = steps.length === 1 ? '1 step' : `${steps.length} steps`;
  if (failed) return `Stopped after ${count}.`;
  if (differing === 0) return `${count}, every reply as printed.`;
  const replies = differing === 1 ? '1 reply differs' : `${differing} replies differ`;
  return `${count}, ${replies} from the lesson. Reset gives you a fresh machine.`;
}

function replyLine(text: string): HTMLElement {
  const element = line('');
  let column = 0;
  for (const { start, end, kind } of highlightReply(text)) {
    const span = make('span', `redis-${kind}`);
    span.textContent = text.slice(start, end);
    element.append(text.slice(column, start), span);
    column = end;
  }
  element.append(text.slice(column));
  return element;
}

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** U+2400 on are pictures of the control characters; a terminal would obey them, a page shows them. */
function visible(text: string): string {
  return text.replace(CONTROLS, (control) =>
    control === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + control.charCodeAt(0)),
  );
}

function line(text: string, ...classes: string[]): HTMLElement {
  const element = make('div', 'redis-line', ...classes);
  element.textContent = text;
  return element;
}

function make(tag: string, ...classes: string[]): HTMLElement {
  const element = document.createElement(tag);
  element.classList.add(...classes);
  return element;
}
