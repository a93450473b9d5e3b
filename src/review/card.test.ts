import { expect, test } from 'vitest';
import { cardsOf } from './card.ts';

const fence = (yaml: string): string => `\`\`\`question\n${yaml}\n\`\`\`\n`;

test('each question of a lesson is a card, in the order of the page', () => {
  const source = `# Strings\n\n${fence('id: a\nkind: card\nask: What is `SET`?\nwhy: It writes.')}\n- in a list\n\n${fence('id: b\nkind: card\nask: And?\nwhy: So.').replaceAll(/^/gm, '  ')}`;
  expect(cardsOf(source)).toEqual([
    { id: 'a', front: '<p>What is <code>SET</code>?</p>', back: '<p>It writes.</p>' },
    { id: 'b', front: '<p>And?</p>', back: '<p>So.</p>' },
  ]);
});

test('of a choice the front has all options, and the back those that are right', () => {
  const [card] = cardsOf(
    fence(
      'id: a\nkind: choice\nask: Which?\noptions:\n  - right: this\n  - text: that\n  - text: those\nwhy: Because.',
    ),
  );
  for (const option of ['this', 'that', 'those']) expect(card?.front).toContain(`<li>${option}</li>`);
  expect(card?.back).toBe('<ul><li>this</li></ul><p>Because.</p>');
});

test('of an order the front has another one than the back', () => {
  const [card] = cardsOf(fence('id: a\nkind: order\nask: In order?\nitems: [one, two, three]\nwhy: Counted.'));
  expect(card?.back).toContain('<ol><li>one</li><li>two</li><li>three</li></ol>');
  expect(card?.front).not.toContain('<li>one</li><li>two</li><li>three</li>');
});

test('what is asked of a transcript is on the back only, and its text is no markup', () => {
  const [card] = cardsOf(fence('id: a\nkind: prints\nask: What?\nrun: |\n  > ECHO "<b>"\n  "<b>"\nwhy: Itself.'));
  expect(card?.front).toBe('<p>What?</p><pre tabindex="0"><code>> ECHO "&lt;b>"</code></pre>');
  expect(card?.back).toContain('<code>"&lt;b>"</code>');
});
