import { type Contender } from './contender.ts';

/**
 * Gives members of the chosen data base whose score is -0 the score 0. A sorted set that is kept as a skip list has -0, one
 * that is kept as a listpack has not. Which of the two it is depends on its history and on CONFIG SET, so after loading it may be
 * the other, on any server (`negative-zero.test.ts` shows it natively). Everything that files do keep stays as it is.
 *
 * @param keys of any type
 */
export async function dropNegativeZeros(server: Contender, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    if ((await server.ask('TYPE', key)).head !== '+zset') continue;
    const scored = ((await server.ask('ZRANGE', key, '0', '-1', 'WITHSCORES')).items ?? []).map(
      ({ text }) => text ?? '',
    );
    const members = scored.filter((_, index) => index % 2 === 0 && scored[index + 1] === '-0');
    for (const member of members) {
      // To set it to 0 would change nothing: the two are equal.
      await server.ask('ZINCRBY', key, '1', member);
      await server.ask('ZINCRBY', key, '-1', member);
    }
  }
}
