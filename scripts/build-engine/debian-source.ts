import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Release } from '../../wasm-redis/native/recipe.ts';
import { outcomeOf, run } from './run.ts';

const APT = '/etc/apt';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** A Debian archive that the machine already uses. */
export interface Archive {
  uri: string;
  kind: 'main' | 'security';
}

/**
 * The Debian archives among apt's entries, in both of its formats, each once. Archives of others (no component `main`
 * or no "debian" in the address) are left out.
 *
 * @param text all of sources.list and sources.list.d, one after the other with an empty line between.
 */
export function archivesOf(text: string): Archive[] {
  const active = text.replace(/^#.*\n?/gm, '');
  const archives = new Map<string, Archive>();
  const add = (uris: string, suites: string, components: string): void => {
    if (!components.split(/\s+/).includes('main')) return;
    const kind = /-security\b|\/updates\b/.test(suites) ? 'security' : 'main';
    for (const uri of uris.split(/\s+/).filter((word) => word.includes('debian'))) archives.set(uri, { uri, kind });
  };
  for (const [, uri = '', suite = '', rest = ''] of active.matchAll(
    /^deb(?:-src)?(?:\s+\[.*?\])?\s+(\S+)\s+(\S+)\s+(.*)$/gm,
  ))
    add(uri, suite, rest);
  for (const stanza of active.split(/\n\s*\n/)) {
    const field = (name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'mi').exec(stanza)?.[1]?.trim() ?? '';
    if (field('URIs')) add(field('URIs'), field('Suites'), field('Components'));
  }
  return [...archives.values()];
}

/** One-line apt entries for the sources of one suite, with its updates and security fixes. */
export function sourceEntries(archives: readonly Archive[], suite: string, keyring?: string): string {
  const option = keyring ? ` [signed-by=${keyring}]` : '';
  return archives
    .flatMap(({ uri, kind }) =>
      kind === 'security' ? [`${uri} ${suite}-security`] : [`${uri} ${suite}`, `${uri} ${suite}-updates`],
    )
    .map((place) => `deb-src${option} ${place} main\n`)
    .join('');
}

/** The versions in `apt-cache showsrc` that carry this upstream version, in the order given. */
export function revisionsOf(showsrc: string, upstreamVersion: string): string[] {
  const versions = [...showsrc.matchAll(/^Version: (\S+)$/gm)].flatMap(([, version]) => version ?? []);
  return [...new Set(versions)].filter(
    (version) => version.replace(/^\d+:/, '').replace(/-[^-]*$/, '') === upstreamVersion,
  );
}

/** True where apt can be asked for Debian's sources at all. */
export function hasApt(): boolean {
  return existsSync('/usr/bin/apt-get') && existsSync(KEYRING);
}

/**
 * Downloads Debian's source package of the release into `folder`: the newest revision that apt has. Needs no root
 * and leaves the machine's own apt as it is: lists and entries are separate, derived from the machine's.
 *
 * @returns the .dsc file's path and the Debian version. Rejects with `SetupError` if apt fails, e.g. without network.
 */
export async function downloadDebianSource(
  release: Release,
  folder: string,
): Promise<{ dsc: string; revision: string }> {
  const state = join(folder, 'apt');
  await mkdir(join(state, 'lists/partial'), { recursive: true });
  const archives = archivesOf(await readAptEntries());
  if (archives.length === 0) throw new Error('apt has no entry for a Debian archive');
  const entries = join(state, 'sources.list');
  await writeFile(entries, sourceEntries(archives, release.debian.suite, KEYRING));
  const options = {
    'Dir::Etc::SourceList': entries,
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::lists': join(state, 'lists'),
    'Dir::Cache': state,
    'APT::Sandbox::User': '', // the download user of apt may not enter a home folder
    'APT::Get::List-Cleanup': 'false',
    'Acquire::Retries': '3',
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await run('apt-get', [...flags, '--error-on=any', '--quiet', 'update']);
  const offered = await run('apt-cache', [...flags, 'showsrc', release.debian.package]);
  const revisions = await newestFirst(revisionsOf(offered, release.version));
  if (revisions.length === 0)
    throw new Error(`apt offers no source of ${release.name} ${release.version} in ${release.debian.suite}`);
  const revision = await firstThatWorks(revisions, async (version) => {
    const wanted = `${release.debian.package}=${version}`;
    await run('apt-get', [...flags, '--quiet', '--download-only', '--only-source', 'source', wanted], { cwd: folder });
  });
  const dsc = `${release.debian.package}_${revision.replace(/^\d+:/, '')}.dsc`;
  return { dsc: join(folder, dsc), revision };
}

/** A mirror may list a revision that it no longer has, or not yet: then the one before it serves. */
async function firstThatWorks(
  revisions: readonly string[],
  download: (revision: string) => Promise<void>,
): Promise<string> {
  const failures: unknown[] = [];
  for (const revision of revisions) {
    try {
      await download(revision);
      return revision;
    } catch (failure) {
      failures.push(failure);
    }
  }
  throw failures[0];
}

async function readAptEntries(): Promise<string> {
  const parts = join(APT, 'sources.list.d');
  const names = existsSync(parts) ? await readdir(parts) : [];
  const files = [
    join(APT, 'sources.list'),
    ...names.filter((name) => /\.(list|sources)$/.test(name)).map((name) => join(parts, name)),
  ];
  const texts = files.filter((file) => existsSync(file)).map((file) => readFile(file, 'utf8'));
  return (await Promise.all(texts)).join('\n\n');
}

async function newestFirst(versions: readonly string[]): Promise<string[]> {
  const later = async (a: string, b: string): Promise<boolean> =>
    (await outcomeOf('dpkg', ['--compare-versions', a, 'gt', b])).code === 0;
  const sorted: string[] = [];
  for (const version of versions) {
    let place = 0;
    while (place < sorted.length && !(await later(version, sorted[place] ?? ''))) place++;
    sorted.splice(place, 0, version);
  }
  return sorted;
}
