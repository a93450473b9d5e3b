import { readQuestion, type Question } from '../exercise/question.ts';
import { shuffled } from '../exercise/shuffle.ts';
import { withoutLastReply } from '../exercise/last-reply.ts';
import { renderInline, renderMarkdown } from '../site/markdown.ts';

/** A question as a flash card: what is asked, and what is on the other side, both HTML of the author's. */
export interface Card {
  id: string;
  front: string;
  back: string;
}

/** A ```question fence: its indentation, and its content. */
const FENCE = /^([ ]*)```question[^\n]*\n([\s\S]*?)^\1```[ ]*$/gm;

/**
 * The cards of a lesson, in the order of its page: one for each ```question fence of its MDX. Fences are found by their
 * lines, as parsing whole lessons a second time costs more than all the rest. Throws as `readQuestion`.
 */
export function cardsOf(source: string): Card[] {
  return [...source.matchAll(FENCE)].map(([, indent = '', content = '']) =>
    cardOf(readQuestion(content.replaceAll(new RegExp(`^${indent}`, 'gm'), ''))),
  );
}

/** One question as a card. Whoever reviews it says what they think, not what they click: options are not to be chosen. */
export function cardOf(question: Question): Card {
  const { id, ask, why } = question;
  const [asked, answer] = sides(question);
  return { id, front: `<p>${renderInline(ask)}</p>${asked}`, back: `${answer}${renderMarkdown(why).trim()}` };
}

function sides(question: Question): [asked: string, answer: string] {
  if (question.kind === 'choice') {
    const { id, options } = question;
    const right = options.filter((option) => option.right);
    return [list('ul', textsOf(shuffled(options, id))), list('ul', textsOf(right))];
  }
  if (question.kind === 'order') return [list('ul', shuffled(question.items, question.id)), list('ol', question.items)];
  if (question.kind === 'card') return ['', ''];
  const last = question.run.steps.at(-1);
  const reply = last && 'reply' in last ? last.reply.join('\n') : '';
  return [printed(withoutLastReply(question.runSource)), printed(reply)];
}

function textsOf(options: readonly { text: string }[]): string[] {
  return options.map(({ text }) => text);
}

function list(kind: 'ul' | 'ol', items: readonly string[]): string {
  return `<${kind}>${items.map((item) => `<li>${renderInline(item)}</li>`).join('')}</${kind}>`;
}

/** What a terminal showed. It can be wider than the page, so it scrolls, by the keyboard too. */
function printed(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<pre tabindex="0"><code>${escaped}</code></pre>`;
}
