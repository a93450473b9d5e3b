import type { Lab } from '../../wasm-redis/lab/lab.ts';
import type { Assertion } from '../exercise/assertion.ts';
import { checkAssertions, type Checked } from '../exercise/check.ts';
import { describeCondition } from '../exercise/describe.ts';
import { element } from '../dom/element.ts';
import { pageLab } from '../lab/page-lab.ts';
import { pageMachineDescription } from '../machine/lesson-setup.ts';
import { resetPageMachine } from '../machine/page-machine.ts';
import { parseTranscript } from '../transcript/parse.ts';
import { Player } from '../transcript/play.ts';
import { announce } from './announce.ts';
import { codeText } from './code-text.ts';

/** What `Exercise.astro` leaves in `data-exercise`. */
interface PageExercise {
  setup: string;
  assertions: readonly Assertion[];
}

/** A server that does not answer for so long, in real time, is stuck or stopped. */
const ANSWER_LIMIT_MS = 5_000;

/** The machine on which an exercise has been begun, to know whether its data is there. */
const begun = new WeakMap<HTMLElement, Lab>();

/** Answers a button of an exercise: `begin` or `check`. Pressed while one of them is at work: nothing. */
export async function doExercise(button: HTMLButtonElement): Promise<void> {
  const section = button.closest<HTMLElement>('[data-exercise]');
  if (!section || section.ariaBusy === 'true') return;
  const exercise = JSON.parse(section.dataset['exercise'] ?? '') as PageExercise;
  section.ariaBusy = 'true';
  try {
    if (button.dataset['exerciseDo'] === 'begin') await begin(section, exercise);
    else await check(section, exercise);
  } catch (error) {
    say(section, `The machine has failed: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    section.ariaBusy = 'false';
  }
}

/** A fresh machine with the exercise's data, and a terminal to work in. The same again is how to begin anew. */
async function begin(section: HTMLElement, { setup }: PageExercise): Promise<void> {
  say(section, 'Starting a fresh machine.');
  showResults(section, [], []);
  await resetPageMachine();
  const lab = await pageLab();
  if (setup.trim() !== '') {
    const steps = await new Player(lab, pageMachineDescription().clients).play(parseTranscript(setup.trimEnd()));
    const last = steps.at(-1);
    if (last?.failure) throw new Error(`the exercise's own data could not be set up: ${last.failure.found}`);
  }
  begun.set(section, lab);
  const button = section.querySelector('[data-exercise-do="begin"]');
  if (button) button.textContent = 'Begin again';
  say(section, 'Ready. Work in the terminal, then press Check.');
  const open = document.querySelector<HTMLButtonElement>('terminal-dock:not([data-open]) .dock-open');
  open?.click();
}

async function check(section: HTMLElement, { setup, assertions }: PageExercise): Promise<void> {
  say(section, 'Looking at the server.');
  const lab = await pageLab();
  if (setup.trim() !== '' && begun.get(section) !== lab) {
    say(section, 'This exercise has data of its own: press Begin first.');
    return;
  }
  const checked = await within(ANSWER_LIMIT_MS, checkAssertions(lab, assertions));
  if (checked === undefined) {
    say(section, 'The server does not answer: something keeps it busy, or it is stopped.');
    return;
  }
  showResults(section, assertions, checked);
  const met = checked.filter(({ verdict }) => verdict === 'met').length;
  const passed = met === assertions.length;
  say(
    section,
    passed ? `Done: all ${met} statements are true.` : `${met} of ${assertions.length} statements are true.`,
  );
  announce(section, 'exercise', passed);
}

const SIGNS = { met: '✓', unmet: '✗', waiting: '…' } as const;
const WORDS = { met: 'true', unmet: 'not yet true', waiting: 'waits for another' } as const;

/** The statements with what was found and, where one is not true, why it matters. Of those that wait, only the statement. */
function showResults(section: HTMLElement, assertions: readonly Assertion[], checked: readonly Checked[]): void {
  const list = section.querySelector<HTMLElement>('[data-exercise-results]');
  if (!list) return;
  list.hidden = checked.length === 0;
  list.replaceChildren(
    ...checked.flatMap(({ verdict, found }, index) => {
      const assertion = assertions[index];
      if (!assertion) return [];
      const sign = element('span', { class: 'sign', role: 'img', 'aria-label': `${WORDS[verdict]}:` }, SIGNS[verdict]);
      const statement = element('span', {}, ...codeText(capital(describeCondition(assertion.condition))));
      const item = element('li', { class: verdict }, sign, statement);
      if (verdict === 'unmet')
        item.append(element('p', { class: 'why' }, ...codeText(`${capital(found)}. ${assertion.why}`)));
      return [item];
    }),
  );
}

/** The promise's value, or undefined if it has none after `limitMs` of real time. */
async function within<Value>(limitMs: number, promise: Promise<Value>): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMs);
  });
  // The loser of the race may still reject.
  promise.catch(() => undefined);
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

function say(section: HTMLElement, text: string): void {
  const status = section.querySelector('[data-exercise-status]');
  if (status) status.textContent = text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
