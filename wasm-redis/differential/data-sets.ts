import { type Contender } from './contender.ts';
import { render } from './reply.ts';

/** As many as `databases` has by default. */
const DATABASES = 16;
/** Keys of one data base that are described; DEBUG POPULATE and a slow computer could make an account endless. */
const DESCRIBED = 1000;

/**
 * What DEBUG DIGEST is made of, as lines that can be compared: for each data base how many keys it has, and of each key
 * the digest of its value and whether it ends. The connection is in the first data base afterwards.
 *
 * A key that has expired and that nobody has looked at since is in DEBUG DIGEST and in the number of keys, but has no line.
 */
export async function describeData(server: Contender): Promise<readonly string[]> {
  const lines: string[] = [];
  for (let database = 0; database < DATABASES; database++) {
    await server.ask('SELECT', String(database));
    const size = render(await server.ask('DBSIZE'));
    if (size === ':0') continue;
    lines.push(`data base ${database} has ${size.slice(1)} keys`);
    const keys = ((await server.ask('KEYS', '*')).items ?? []).map(({ text }) => text ?? '');
    for (const key of keys.sort().slice(0, DESCRIBED)) lines.push(`${database} ${await describeKey(server, key)}`);
  }
  await server.ask('SELECT', '0');
  return lines;
}

async function describeKey(server: Contender, key: string): Promise<string> {
  const digest = render(await server.ask('DEBUG', 'DIGEST-VALUE', key));
  const ends = (await server.ask('PEXPIRETIME', key)).head !== ':-1';
  return `${JSON.stringify(key)} ${digest}${ends ? ' ends' : ''}`;
}
