import { NARROW } from '../../wasm-redis/differential/narrow.ts';
import { type DifferentialReport, sumOfRuns } from '../../wasm-redis/differential/report.ts';
import { PATTERN_ORDER } from '../../wasm-redis/differential/pattern-messages.ts';
import { FIRST_OF_SEVERAL, REFUSALS, RULES } from '../../wasm-redis/differential/rules.ts';
import { ONLY_REFUSED, UNCOVERED } from '../../wasm-redis/differential/uncovered.ts';
import { count, type FidelitySection, list } from './section.ts';

/** The same commands on both servers: how many, and what may differ in the replies, by the rules of the comparison. */
export function differentialSection(runs: DifferentialReport): FidelitySection {
  const { commands, differences, roundTrips } = sumOfRuns(runs);
  const called = Math.max(...runs.map(({ commandsCalled }) => commandsCalled));
  const kinds = Object.entries(roundTrips.kinds).map(([kind, trips]) => `${count(trips)} ${kind}`);
  return {
    heading: 'The same commands on both',
    sentences: [
      `${count(commands)} commands chosen at random, ${called} different ones, were sent to the native server and to this engine. Every ` +
        `reply was compared byte for byte, and a digest of all data after about every 40 commands: ${count(differences)} differences.`,
      `${count(roundTrips.trips)} data files written by one server were loaded by the other (${list(kinds)}; the second word ` +
        `says which one wrote it): ${count(roundTrips.differences)} differences.`,
    ],
    tables: [
      {
        caption: 'Runs of the comparison',
        head: ['Date', 'Native', 'Seeds', 'Commands', 'Round trips', 'Differences'],
        rows: runs.map((run) => [
          run.date,
          run.native,
          `${count(run.seeds.first)} to ${count(run.seeds.last)}`,
          count(run.commands),
          count(run.roundTrips.trips),
          count(run.differences + run.roundTrips.differences),
        ]),
      },
      {
        caption: 'Replies that may differ',
        head: ['Commands', 'Reason'],
        rows: [
          ...RULES.map((rule) => [words(rule.commands), rule.reason]),
          ...[...FIRST_OF_SEVERAL, PATTERN_ORDER].map(({ command, reason }) => [commandName(command), reason]),
        ],
      },
      {
        caption: 'Errors with different wording',
        head: ['Natively', 'Here', 'Reason'],
        rows: REFUSALS.map((refusal) => [refusal.native, refusal.ours, refusal.reason]),
      },
      {
        caption: 'Commands compared with 32-bit numbers only',
        head: ['Commands', 'Reason'],
        rows: [[words([...NARROW]), 'Upstream stores these numbers in a C long, which has 32 bits here.']],
      },
      { caption: 'Commands that were not sent', head: ['Command', 'Reason'], rows: byReason(UNCOVERED) },
      {
        caption: 'Commands for which only the refusal was compared',
        head: ['Commands', 'Reason'],
        rows: byReason(ONLY_REFUSED),
      },
    ],
  };
}

const words = (commands: readonly string[]): string => commands.map(commandName).join(', ');
const commandName = (command: string): string => command.replace('|', ' ').toUpperCase();

/** One row for each reason. */
function byReason(reasons: Readonly<Record<string, string>>): string[][] {
  const groups = new Map<string, string[]>();
  for (const [command, reason] of Object.entries(reasons)) groups.set(reason, [...(groups.get(reason) ?? []), command]);
  return [...groups].map(([reason, commands]) => [words(commands), reason]);
}
