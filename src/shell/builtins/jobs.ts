import type { Pid, Signal } from '../../../wasm-redis/machine.ts';
import { type Command, complain, type Context, print } from '../context.ts';
import type { Job } from '../job.ts';
import { readSignal, signalStatus, TaskTable } from '../task.ts';

const NO_SUCH_JOB = 'no such job';

/** jobs [-p] */
export const jobs: Command = async (args, context) => {
  const table = context.core.jobs;
  for (const job of table.all) {
    await print(context, args.includes('-p') ? `${job.pid}\n` : `${table.describe(job)}\n`);
    if (job.state === 'done') table.remove(job);
  }
  return 0;
};

/** fg [%JOB] */
export const foreground: Command = async ([name], context) => {
  const job = await findJob('fg', name, context);
  if (!job) return 1;
  await print(context, `${job.text}\n`);
  const { core, task } = context;
  core.enterForeground(job);
  try {
    await job.signal('SIGCONT');
    const status = await task.waitToTheEnd(job.endedOrStopped);
    if (status === 'stopped') return signalStatus('SIGSTOP');
    core.jobs.remove(job);
    return status;
  } finally {
    core.leaveForeground(job);
  }
};

/** bg [%JOB] */
export const background: Command = async ([name], context) => {
  const job = await findJob('bg', name, context);
  if (!job) return 1;
  await print(context, `[${job.number}]+ ${job.text} &\n`);
  await job.signal('SIGCONT');
  return 0;
};

/** wait [%JOB | PID]...: until they, or all jobs, have ended */
export const wait: Command = async (args, context) => {
  const { core, task } = context;
  const running = core.jobs.all.filter(({ state }) => state !== 'stopped');
  if (args.length === 0) {
    await task.wait(Promise.all(running.map(({ ended }) => ended)));
    for (const job of running) core.jobs.remove(job);
    return 0;
  }
  let status = 0;
  for (const name of args) {
    const job = name.startsWith('%') ? core.jobs.find(name) : core.jobs.all.find(({ pid }) => String(pid) === name);
    if (!job) {
      const reason = name.startsWith('%') ? NO_SUCH_JOB : 'is not a child of this shell';
      await complain(context, `bash: wait: ${name.startsWith('%') ? `${name}:` : `pid ${name}`} ${reason}`);
      status = 127;
      continue;
    }
    status = await task.wait(job.ended);
    core.jobs.remove(job);
  }
  return status;
};

/** disown [%JOB]: the shell forgets it */
export const disown: Command = async ([name], context) => {
  const job = await findJob('disown', name, context);
  if (job) context.core.jobs.remove(job);
  return job ? 0 : 1;
};

/** kill [-SIGNAL | -s SIGNAL] PID | %JOB ..., kill -l */
export const kill: Command = async (args, context) => {
  const [first = '', second = ''] = args;
  if (first === '-l') {
    await print(context, ' 1) SIGHUP\t 2) SIGINT\t 9) SIGKILL\t10) SIGUSR1\t15) SIGTERM\t18) SIGCONT\t19) SIGSTOP\n');
    return 0;
  }
  const named = first === '-s' ? second : /^-\w/.test(first) ? first.slice(1) : undefined;
  const targets = args.slice(named === undefined ? 0 : first === '-s' ? 2 : 1);
  if (targets.length === 0) {
    await complain(
      context,
      'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]',
    );
    return 2;
  }
  // 0 asks whether it is there.
  const signal = named === undefined ? 'SIGTERM' : readSignal(named);
  if (!signal && named !== '0') {
    await complain(context, `bash: kill: ${named}: invalid signal specification`);
    return 1;
  }
  let status = 0;
  for (const target of targets) {
    const problem = await signalOne(target, signal, context);
    if (problem === undefined) continue;
    await complain(context, `bash: kill: ${problem}`);
    status = 1;
  }
  return status;
};

/** What is wrong with it, if anything. */
async function signalOne(target: string, signal: Signal | undefined, context: Context): Promise<string | undefined> {
  const { core } = context;
  if (target.startsWith('%')) {
    const job = core.jobs.find(target);
    if (!job) return `${target}: ${NO_SUCH_JOB}`;
    if (signal) await job.signal(signal);
    return undefined;
  }
  if (!/^\d+$/.test(target)) return `${target}: arguments must be process or job IDs`;
  const pid: Pid = Number(target);
  // A job that is one program is known by its process id too: then it is stopped as a job.
  const job = core.jobs.all.find((one) => one.pid === pid && one.processes.size + one.tasks.size > 0);
  const task = TaskTable.of(core.machine).tasks.get(pid);
  const exists = (await core.machine.processes()).some((process) => process.pid === pid);
  if (!exists && !task) return `(${target}) - No such process`;
  if (!signal) return undefined;
  if (job && (signal === 'SIGSTOP' || signal === 'SIGCONT')) await job.signal(signal);
  else if (task) task.signal(signal);
  else await core.machine.kill(pid, signal);
  return undefined;
}

async function findJob(program: string, name: string | undefined, context: Context): Promise<Job | undefined> {
  const job = name === undefined ? context.core.jobs.current : context.core.jobs.find(name);
  if (job && job.state !== 'done') return job;
  await complain(context, `bash: ${program}: ${name ?? 'current'}: ${NO_SUCH_JOB}`);
  return undefined;
}
