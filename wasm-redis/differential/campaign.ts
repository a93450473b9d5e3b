import { CoverageTable } from './coverage.ts';
import { type DocumentedCommand } from './documentation.ts';
import { type Difference, type Duel } from './duel.ts';
import { Generator } from './generator.ts';
import { formatStep, type Sequence, stepsOf } from './sequence.ts';
import { shrink } from './shrink.ts';

/** Steps of a sequence; long enough for data to become old, short enough to be shrunk. */
const SEQUENCE_STEPS = 200;
/** Text of one reply in the account of a difference. */
const SHOWN = 600;

/** A sequence that does not give the same on both servers, made small. */
export interface Finding {
  seed: number;
  difference: Difference;
  sequence: Sequence;
}

/** What a campaign has done. */
export interface CampaignResult {
  /** Steps sent to each of the two servers. */
  commands: number;
  /** The first and the last seed of a sequence. */
  seeds: readonly [first: number, last: number];
  findings: readonly Finding[];
  coverage: CoverageTable;
}

/**
 * Plays sequences, one seed after the other, until so many commands have been compared, or so many differences found;
 * each of these is shrunk.
 */
export async function runCampaign(
  duel: Duel,
  commands: readonly DocumentedCommand[],
  plan: {
    commands: number;
    seed: number;
    stopAfter?: number;
    /** Asked before each sequence. */
    more?: () => boolean;
    onFinding?: (finding: Finding) => void;
    onProgress?: (done: number) => void;
  },
): Promise<CampaignResult> {
  const generator = new Generator(commands);
  const coverage = new CoverageTable(commands);
  const findings: Finding[] = [];
  let done = 0;
  let seed = plan.seed;
  const more = plan.more ?? (() => true);
  for (; done < plan.commands && findings.length < (plan.stopAfter ?? 1) && more(); seed++) {
    const sequence = generator.sequence(seed, SEQUENCE_STEPS);
    duel.onAnswer = (name, succeeded) => coverage.count(name, succeeded);
    const difference = await duel.run(sequence);
    done += stepsOf(sequence).length;
    plan.onProgress?.(done);
    if (!difference) continue;
    duel.onAnswer = () => {};
    const finding = { seed, difference, sequence: await shrinkDifference(duel, sequence, difference) };
    findings.push(finding);
    plan.onFinding?.(finding);
  }
  return { commands: done, seeds: [plan.seed, seed - 1], findings, coverage };
}

/** Smaller, with a difference at the same command. */
function shrinkDifference(duel: Duel, sequence: Sequence, { args }: Difference): Promise<Sequence> {
  const name = args[0]?.toLowerCase();
  return shrink(sequence, async (shorter) => {
    const found = await duel.run(shorter);
    return found !== undefined && found.args[0]?.toLowerCase() === name;
  });
}

/** A finding as a person reads it. */
export function formatFinding({ seed, difference, sequence }: Finding): string {
  const { args, native, ours, client } = difference;
  return [
    `seed ${seed}: client ${client}: ${args.join(' ').slice(0, SHOWN)}`,
    `  native ${native.slice(0, SHOWN)}`,
    `  ours   ${ours.slice(0, SHOWN)}`,
    ...stepsOf(sequence).map((step) => `    ${formatStep(step)}`),
  ].join('\n');
}
