/** Something that gets hostile input. */
export interface Target {
  readonly name: string;
  /** One input, made from a seed. Resolves with what went wrong, or nothing. An error reply and a clean death are right. */
  execute(seed: number): Promise<string | undefined>;
  close(): Promise<void>;
}

/** An input that went wrong, by the seed that makes it again. */
export interface Finding {
  seed: number;
  account: string;
}

export interface FuzzResult {
  executions: number;
  findings: readonly Finding[];
}

/** Runs a target with one seed after the other. @param more asked before each execution, with how many there were */
export async function fuzz(
  target: Target,
  firstSeed: number,
  more: (executions: number) => boolean,
): Promise<FuzzResult> {
  const findings: Finding[] = [];
  let executions = 0;
  for (let seed = firstSeed; more(executions); seed++) {
    const account = await target.execute(seed);
    executions++;
    if (account !== undefined) findings.push({ seed, account });
  }
  return { executions, findings };
}
