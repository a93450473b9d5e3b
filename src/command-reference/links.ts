/** The address of a command's page, under the site's base path. */
export function commandHref(slug: string): string {
  return pageHref(`commands/${slug}/`);
}

/** The address of a page of the site, under its base path. `path` has no slash in front, and one at its end. */
export function pageHref(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}${path}`;
}
