import { element } from '../../dom/element.ts';
import type { LabView } from '../lab-view.ts';
import { nodeNames } from '../name-nodes.ts';
import { clockWords } from '../timeline/clock-words.ts';
import { type Belief, beliefsOf, isDisputed } from './beliefs.ts';
import { faultWords } from './fault-words.ts';
import { type Election, electionsOf } from './votes.ts';

/** What was done on purpose, who believes what, and who voted for whom: in words, renewed only when they change. */
export class BeliefsView {
  readonly root = element('div', { class: 'tp-beliefs' });
  #shown = '';

  show(view: LabView): void {
    const names = nodeNames(view);
    const faults = faultWords(view, names);
    const beliefs = beliefsOf(view, names);
    const elections = electionsOf(view, names);
    const text = JSON.stringify([faults, beliefs, elections]);
    if (text === this.#shown) return;
    this.#shown = text;
    this.root.replaceChildren(
      ...section(
        'Done on purpose',
        faults.map((words) => element('li', {}, words)),
      ),
      ...section('Who believes what', beliefs.map(beliefItem)),
      ...section('Who voted for whom', elections.map(electionItem)),
    );
  }
}

function section(heading: string, items: HTMLElement[]): HTMLElement[] {
  return items.length === 0 ? [] : [element('section', {}, element('h4', {}, heading), element('ul', {}, ...items))];
}

function beliefItem(belief: Belief): HTMLElement {
  const { question, answers } = belief;
  if (!isDisputed(belief)) {
    return element('li', {}, `${question} `, element('strong', {}, answers[0]?.answer ?? ''), '. All agree.');
  }
  return element(
    'li',
    { class: 'tp-disputed' },
    `${question} They contradict each other:`,
    element(
      'ul',
      {},
      ...answers.map(({ answer, by }) => element('li', {}, element('strong', {}, answer), `, says ${by.join(', ')}`)),
    ),
  );
}

function electionItem({ epoch, atMs, votes }: Election): HTMLElement {
  const said = votes.map(({ candidate, voters }) => `${voters.join(', ')} for ${candidate}`);
  return element('li', {}, `Epoch ${epoch}, ${clockWords(atMs)}: ${said.join('; ')}.`);
}
