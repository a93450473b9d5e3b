/** What the service worker is told at build time: every file of one deployment, by its address, with a hash of its contents. */
export interface SiteFiles {
  /** Changes with any file. */
  version: string;
  /** The site's path on its host, with a slash at both ends. */
  base: string;
  /** Addresses are absolute paths. The hash is SHA-256, hexadecimal. */
  hashes: Readonly<Record<string, string>>;
}

/** The file that answers an address: a folder is answered by its index. */
export function fileOf(pathname: string): string {
  return pathname.endsWith('/') ? `${pathname}index.html` : pathname;
}

/**
 * Whether a file is kept only for those who have opened one of its kind: the command reference has as many pages as the rest
 * of the site has files, and nobody should download it for a look at the front page. `path` is a file or a page.
 */
export function isKeptOnVisit(path: string, { base }: Pick<SiteFiles, 'base'>): boolean {
  return path.startsWith(referenceOf(base));
}

/** The file that is kept last of those, so that where it is the others are. */
export function lastKeptOnVisit({ base }: Pick<SiteFiles, 'base'>): string {
  return `${referenceOf(base)}index.html`;
}

function referenceOf(base: string): string {
  return `${base}commands/`;
}
