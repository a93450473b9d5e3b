import type { Lab } from '../../wasm-redis/lab/lab.ts';
import type { MachineDescription } from '../transcript/machine-description.ts';
import type { Transcript } from '../transcript/parse.ts';
import { Player, type PlayedStep } from '../transcript/play.ts';
import { checkAssertions, type Checked } from './check.ts';
import { writingCommands } from './writing-commands.ts';
import { describeCondition } from './describe.ts';
import type { Exercise } from './exercise.ts';

/** An attempt and whether it was judged as it must be. */
export interface Trial {
  name: string;
  passed: boolean;
  /** What was expected of the judgement, and how each assertion was judged; empty if passed. */
  report: readonly string[];
}

/** Plays an attempt on a fresh lab. `onStep` hears the steps of the solution, whose replies are compared. */
export type Attempt = (lab: Lab, onStep: (played: PlayedStep) => void) => Promise<Trial>;

/**
 * All attempts that show an exercise to be right, each for a lab of its own: doing nothing must fail, the solution must
 * meet every assertion, and each wrong attempt must fail its assertion and no other; others about the same key may wait for it.
 */
export function attemptExercise(exercise: Exercise, clients: MachineDescription['clients'] = {}): Attempt[] {
  const play = async (lab: Lab, transcripts: readonly Transcript[], onStep?: (played: PlayedStep) => void) => {
    const player = new Player(lab, clients);
    for (const transcript of transcripts) {
      const steps = await player.play(transcript, transcript === exercise.solution ? onStep : undefined);
      const last = steps.at(-1);
      if (last?.outcome === 'failed') return `it stopped: ${last.failure?.found ?? 'no reason is known'}`;
    }
    return undefined;
  };
  const attempt =
    (
      name: string,
      expected: string,
      transcripts: readonly Transcript[],
      isRight: (checked: readonly Checked[]) => boolean,
    ) =>
    async (lab: Lab, onStep: (played: PlayedStep) => void): Promise<Trial> => {
      const isSolution = transcripts.length === 2 && transcripts[1] === exercise.solution;
      const stopped = await play(lab, transcripts, isSolution ? onStep : undefined);
      const checked = await checkAssertions(lab, exercise.assertions);
      const writing = isSolution ? await writingCommands(lab, exercise.assertions) : [];
      const problem =
        writing.length > 0
          ? `commands that only read in \`reply:\`, found ${writing.join(', ')}`
          : (stopped ?? expected);
      const passed = stopped === undefined && writing.length === 0 && isRight(checked);
      return { name, passed, report: passed ? [] : [`expected ${problem}`, ...explain(exercise, checked)] };
    };
  const { setup, solution, wrong } = exercise;
  return [
    attempt('doing nothing', 'that it fails', [setup], (checked) => checked.some(({ verdict }) => verdict !== 'met')),
    attempt('the solution', 'every assertion to be met', [setup, solution], (checked) =>
      checked.every(({ verdict }) => verdict === 'met'),
    ),
    ...wrong.map(({ assertion, transcript, afterSolution }) =>
      attempt(
        `the wrong attempt of check ${assertion + 1}`,
        `check ${assertion + 1} to be unmet, and no other`,
        afterSolution ? [setup, solution, transcript] : [setup, transcript],
        (checked) => checked.every(({ verdict }, index) => (verdict === 'unmet') === (index === assertion)),
      ),
    ),
  ];
}

function explain({ assertions }: Exercise, checked: readonly Checked[]): string[] {
  return checked.map(({ verdict, found }, index) => {
    const condition = assertions[index]?.condition;
    return `check ${index + 1} ${verdict}: ${condition ? describeCondition(condition) : ''}; ${found}`;
  });
}
