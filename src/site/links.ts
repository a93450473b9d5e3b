/** An address of this site as it is to be linked to, under whatever path the site is served. `path`: `commands/get/`. */
export function siteLink(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}${path}`;
}

/** The page of a command in the reference: `CONFIG GET` is at `commands/config-get/`. */
export function commandLink(command: string): string {
  return siteLink(`commands/${command.toLowerCase().replaceAll(' ', '-')}/`);
}

/** A file of upstream's source, in the version that runs here. */
export function sourceLink(file: string): string {
  return `https://github.com/redis/redis/blob/7.0.15/src/${file}`;
}
