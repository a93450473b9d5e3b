/** Something that gets hostile input. */
export interface Target {
  readonly name: string;
  /** One input, made from a seed. Resolves with what went wrong, or nothing. An error reply and a clean death are right. */
  execute(seed: number): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface FuzzResult {
  executions: number;
  findings: readonly { seed: number; account: string }[];
}

/** Runs a target with one seed after the other. @param more asked before each execution, with how many there were */
export async function fuzz(
  target: Target,
  firstSeed: number,
  more: (executions: number) => boolean,
): Promise<FuzzResult> {
  const findings: { seed: number; account: string }[] = [];
  let executions = 0;
  for (let seed = firstSeed; more(executions); seed++) {
    const account = await target.execute(seed);
    executions++;
    if (account !== undefined) findings.push({ seed, account });
  }
  return { executions, findings };
}
