import type { Shell } from './shell.ts';

/**
 * Lets a shell go on for a while of the machine's time, until something has come true. While the clock stands it is moved
 * from one event to the next and the shell has its say at each, so that two runs are alike. Resolves with whether it came
 * true; false at the limit, or when the shell is in a loop that takes no time.
 *
 * @param done asked whenever neither the shell nor the machine has anything to do at that instant
 * @param limitMs of the machine's time; 0 is this instant
 */
export async function passTime(
  shell: Shell,
  limitMs: number,
  done: () => boolean | Promise<boolean>,
): Promise<boolean> {
  const { machine, activity } = shell;
  const until = (await machine.clock()).uptimeMs + limitMs;
  let limit: Promise<void> | undefined;
  for (;;) {
    const epoch = await settleBoth(shell);
    // Nobody may be there to hear that the machine was put back meanwhile.
    limit?.catch(() => undefined);
    if (await done()) return true;
    const { uptimeMs, rate } = await machine.clock();
    if (uptimeMs >= until || activity.overrun) return false;
    // What `done` has asked may have made the shell go on.
    if (activity.epoch !== epoch) continue;
    if (rate === 0) await machine.advanceToNext('output', until - uptimeMs);
    else {
      limit ??= machine.elapsed(until - uptimeMs);
      await Promise.race([activity.changed(), limit]);
    }
    activity.forgetSteps();
  }
}

/** Resolves when both wait for something that only time brings; with the shell's epoch then. */
async function settleBoth({ machine, activity }: Shell): Promise<number> {
  for (;;) {
    await activity.idle();
    const { epoch } = activity;
    await machine.settle();
    await activity.idle();
    if (activity.epoch === epoch || activity.overrun) return epoch;
  }
}
