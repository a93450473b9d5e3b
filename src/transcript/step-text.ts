import { writeDuration } from '../../wasm-redis/lab/duration.ts';
import { SHELL, type Step } from './parse.ts';

/** What stands in a transcript for a step, without its reply: `alice> GET key`, `$ ls`, `# wait 10s`, `# fault: kill a`. */
export function stepText(step: Step): string {
  if (step.kind === 'wait') return `# wait ${writeDuration(step.ms)}`;
  if (step.kind === 'fault') return `# fault: ${step.text}`;
  const prompt = step.screen === SHELL ? '$' : `${step.screen}>`;
  if (step.kind === 'type') return `${prompt} ${step.text}`;
  return step.kind === 'interrupt' ? `${prompt} ^C` : prompt;
}
