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
