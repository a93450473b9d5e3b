import { saysTheSame } from '../exercise/last-reply.ts';
import { playAlone } from '../exercise/play-alone.ts';
import { pageLab } from '../lab/page-lab.ts';
import { pageMachineDescription } from '../machine/lesson-setup.ts';
import { parseTranscript } from '../transcript/parse.ts';
import { announce } from './announce.ts';

/** Answers a button of a question: `answer`, of an order also `up` and `down`, of a card `knew` and `forgot`. */
export async function doQuestion(button: HTMLButtonElement): Promise<void> {
  const question = button.closest<HTMLElement>('[data-question]');
  if (!question) return;
  const action = button.dataset['questionDo'];
  if (action === 'up' || action === 'down') move(button, action);
  else if (action === 'knew' || action === 'forgot') judgeCard(question, action === 'knew');
  else if (question.dataset['question'] === 'choice') judgeChoice(question);
  else if (question.dataset['question'] === 'order') judgeOrder(question);
  else await judgePrinted(question);
}

function judgeChoice(question: HTMLElement): void {
  const options = [...question.querySelectorAll<HTMLElement>('label[data-right]')].map((label) => ({
    label,
    right: label.dataset['right'] === 'true',
    chosen: label.querySelector('input')?.checked === true,
  }));
  if (!options.some(({ chosen }) => chosen)) {
    say(question, 'Choose first.');
    return;
  }
  for (const { label, right, chosen } of options) {
    label.classList.toggle('is-right', chosen && right);
    label.classList.toggle('is-wrong', chosen && !right);
    const why = label.querySelector<HTMLElement>('.why');
    if (why) why.hidden = !chosen;
  }
  const wrong = options.filter(({ right, chosen }) => chosen && !right).length;
  const missing = options.filter(({ right, chosen }) => right && !chosen).length;
  judge(question, wrong + missing === 0, notRight(isSingle(question), wrong));
}

/** Whether one option only can be chosen. */
function isSingle(question: HTMLElement): boolean {
  return question.querySelector('input[type="radio"]') !== null;
}

function notRight(single: boolean, wrong: number): string {
  if (single) return 'Not that one.';
  if (wrong === 0) return 'Right so far, but there are more.';
  return wrong === 1 ? 'One of your choices is wrong.' : `${wrong} of your choices are wrong.`;
}

function judgeOrder(question: HTMLElement): void {
  const places = [...question.querySelectorAll<HTMLElement>('[data-place]')].map((item) =>
    Number(item.dataset['place']),
  );
  const firstWrong = places.findIndex((place, index) => place !== index);
  judge(
    question,
    firstWrong < 0,
    firstWrong === 0
      ? 'Not yet: another one comes first.'
      : `Not yet: right as far as place ${firstWrong}, then another one comes.`,
  );
}

function move(button: HTMLButtonElement, direction: 'up' | 'down'): void {
  const item = button.closest<HTMLElement>('[data-place]');
  const neighbour = direction === 'up' ? item?.previousElementSibling : item?.nextElementSibling;
  if (!item || !neighbour) return;
  if (direction === 'up') neighbour.before(item);
  else neighbour.after(item);
  // Moving takes the focus away.
  button.focus();
}

async function judgePrinted(question: HTMLElement): Promise<void> {
  const source = question.querySelector<HTMLElement>('[data-question-run]')?.dataset['questionRun'] ?? '';
  const field = question.querySelector<HTMLInputElement>('input[type="text"]');
  if (!field || question.ariaBusy === 'true') return;
  if (field.value.trim() === '') {
    say(question, 'First write down what you expect.');
    field.focus();
    return;
  }
  question.ariaBusy = 'true';
  say(question, 'Running.');
  try {
    const steps = await playAlone(await pageLab(), pageMachineDescription(), parseTranscript(source));
    const printed = steps.at(-1)?.reply ?? [];
    const shown = question.querySelector<HTMLElement>('.printed');
    shown?.setAttribute('open', '');
    const place = shown?.querySelector('pre');
    if (place) place.textContent = printed.join('\n');
    judge(question, saysTheSame(field.value, printed), 'The server prints something else.');
  } catch (error) {
    say(question, `The machine has failed: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    question.ariaBusy = 'false';
  }
}

function judgeCard(question: HTMLElement, knew: boolean): void {
  say(question, knew ? 'It comes back later.' : 'It comes back soon.');
  announce(question, 'card', knew);
}

/** Says what the answer is worth; who is right sees the explanation at once. */
function judge(question: HTMLElement, right: boolean, otherwise: string): void {
  say(question, right ? 'Right.' : otherwise);
  if (right) question.querySelector('[data-question-answer]')?.setAttribute('open', '');
  announce(question, 'question', right);
}

function say(question: HTMLElement, text: string): void {
  const status = question.querySelector('[data-question-status]');
  if (status) status.textContent = text;
}
