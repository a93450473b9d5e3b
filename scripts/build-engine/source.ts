import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Release } from '../../wasm-redis/native/recipe.ts';
import { downloadDebianSource, hasApt } from './debian-source.ts';
import { sha256, sha256OfFile } from './hash.ts';
import { CACHE } from './places.ts';
import { run, SetupError } from './run.ts';

/** An unpacked source: what went into it, and where it lies. */
export interface Source {
  /** Root of the unpacked tree. It is never edited. */
  folder: string;
  /** Changes when any file of the tree does. */
  id: string;
  tarballSha256: string;
  /** Debian's version with its patches; null when the tarball came from upstream or from a file. */
  debianRevision: string | null;
}

/** The folder in the cache for everything about one release. */
export function releaseFolder(release: Release): string {
  return join(CACHE, `${release.name}-${release.version}`);
}

/** The source that is unpacked already, undefined if there is none. */
export async function unpackedSource(release: Release): Promise<Source | undefined> {
  const record = join(releaseFolder(release), 'source.json');
  if (!existsSync(record)) return undefined;
  const { id, tarballSha256, debianRevision } = JSON.parse(await readFile(record, 'utf8')) as Omit<Source, 'folder'>;
  const folder = treeFolder(release, id);
  return existsSync(folder) ? { folder, id, tarballSha256, debianRevision } : undefined;
}

/**
 * Downloads, checks and unpacks the release's source. Ways, the first that applies: the file that `REDIS_TARBALL`
 * names; Debian's source package, newest revision; upstream's release.
 *
 * Rejects with `SetupError` if a tarball has another hash than the recipe says, or if no way leads to one.
 */
export async function fetchSource(release: Release): Promise<Source> {
  const home = releaseFolder(release);
  const downloads = join(home, 'download');
  await mkdir(downloads, { recursive: true });
  const own = process.env['REDIS_TARBALL'];
  const source = own
    ? await unpackTarball(release, own)
    : hasApt()
      ? await unpackDebian(release, downloads)
      : await unpackTarball(release, await downloadUpstream(release, downloads));
  await writeFile(join(home, 'source.json'), `${JSON.stringify({ ...source, folder: undefined }, null, 2)}\n`);
  return source;
}

/** Throws `SetupError` unless the hash is one that the release accepts. */
export function checkTarball(release: Release, name: string, sha256: string): void {
  const { debian, upstream } = release.tarballs;
  if (sha256 === debian || sha256 === upstream) return;
  throw new SetupError(
    `${name} is not the tarball of ${release.name} ${release.version}: expected sha256 ${debian} (Debian) or ` +
      `${upstream} (upstream), found ${sha256}. Remove the file and try again; if it comes back, do not trust its origin.`,
  );
}

function treeFolder(release: Release, id: string): string {
  return join(releaseFolder(release), `source-${id.slice(0, 12)}`);
}

async function unpackDebian(release: Release, downloads: string): Promise<Source> {
  const { dsc, revision } = await downloadDebianSource(release, downloads).catch((cause: unknown) => {
    throw new SetupError(
      `Debian's source package of ${release.name} ${release.version} cannot be downloaded. Is there a network? Or get ${release.url} ` +
        `another way and set REDIS_TARBALL to the file. ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  });
  const tarball = join(dirname(dsc), `${release.debian.package}_${release.version}.orig.tar.gz`);
  const tarballSha256 = await sha256OfFile(tarball);
  checkTarball(release, tarball, tarballSha256);
  const id = sha256(await readFile(dsc));
  const folder = await unpack(release, id, (draft) =>
    run('dpkg-source', ['--no-check', '--no-copy', '-x', dsc, draft]),
  );
  return { folder, id, tarballSha256, debianRevision: revision };
}

async function unpackTarball(release: Release, tarball: string): Promise<Source> {
  if (!existsSync(tarball)) throw new SetupError(`REDIS_TARBALL names ${tarball}, but there is no such file.`);
  const id = await sha256OfFile(tarball);
  checkTarball(release, tarball, id);
  const folder = await unpack(release, id, async (draft) => {
    await mkdir(draft);
    return run('tar', ['-xzf', tarball, '--strip-components=1', '-C', draft]);
  });
  return { folder, id, tarballSha256: id, debianRevision: null };
}

/** Unpacks beside the final folder and renames, so that a folder with that name is complete. */
async function unpack(release: Release, id: string, extract: (draft: string) => Promise<string>): Promise<string> {
  const folder = treeFolder(release, id);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await extract(draft);
  // Upstream's script asks git for a commit and for changes, and would find those of this repository: for it there is
  // no git, and no time of day.
  const env = { ...process.env, SOURCE_DATE_EPOCH: '0' };
  await run('sh', ['-c', 'git() { return 1; }; . ./mkreleasehdr.sh'], { cwd: join(draft, 'src'), env });
  await rename(draft, folder);
  return folder;
}

async function downloadUpstream(release: Release, downloads: string): Promise<string> {
  const file = join(downloads, `${release.name}-${release.version}.tar.gz`);
  if (existsSync(file)) return file;
  const response = await fetch(release.url).catch((cause: unknown) => {
    throw new SetupError(
      `This system has no Debian apt, and ${release.url} cannot be reached. Get that file another way and set REDIS_TARBALL to it.`,
      { cause },
    );
  });
  if (!response.ok)
    throw new SetupError(
      `This system has no Debian apt, and ${release.url} answers ${response.status}. Get that file another way and set REDIS_TARBALL to it.`,
    );
  const bytes = new Uint8Array(await response.arrayBuffer());
  checkTarball(release, release.url, sha256(bytes));
  await writeFile(`${file}.part`, bytes);
  await rename(`${file}.part`, file);
  return file;
}
