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
      `${count(commands)} commands drawn by chance, ${called} different ones, went to the native server and to this engine. Every ` +
        `reply was compared to the byte, and the digest of all data about every 40 commands: ${count(differences)} differences.`,
      `${count(roundTrips.trips)} files of data written by one server were loaded by the other (${list(kinds)}; the second ` +
        `word is who wrote it): ${count(roundTrips.differences)} differences.`,
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
        caption: 'What may differ in replies',
        head: ['Commands', 'Reason'],
        rows: [
          ...RULES.map((rule) => [words(rule.commands), rule.reason]),
          ...[...FIRST_OF_SEVERAL, PATTERN_ORDER].map(({ command, reason }) => [commandName(command), reason]),
        ],
      },
      {
        caption: 'Errors in other words',
        head: ['Natively', 'Here', 'Reason'],
        rows: REFUSALS.map((refusal) => [refusal.native, refusal.ours, refusal.reason]),
      },
      {
        caption: 'Commands without numbers beyond 32 bits',
        head: ['Commands', 'Reason'],
        rows: [[words([...NARROW]), 'Upstream keeps these numbers in a C long: 32 bits here.']],
      },
      { caption: 'Commands that were not sent', head: ['Command', 'Reason'], rows: byReason(UNCOVERED) },
      {
        caption: 'Commands of which only the refusal was compared',
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
