/**
 * Runs in the page as an inline script right after the links to the lessons before and after: with a chosen route they
 * follow it. It reads the sidebar, which `arrange-sidebar.ts` has put in order, and is written into the page as text too.
 */
export function arrangePages(): void {
  const nav = document.querySelector('.rm-pages');
  const before = nav?.querySelector<HTMLAnchorElement>('[rel=prev]');
  const after = nav?.querySelector<HTMLAnchorElement>('[rel=next]');
  if (!before || !after) return;
  const asBuilt = [before, after].map((link) => ({
    link,
    href: link.getAttribute('href') ?? '',
    title: link.querySelector('.rm-page-title')?.textContent ?? '',
  }));
  const point = (link: HTMLAnchorElement, href: string, title: string): void => {
    link.hidden = href === '';
    if (href !== '') link.setAttribute('href', href);
    const shown = link.querySelector('.rm-page-title');
    if (shown) shown.textContent = title;
  };
  const arrange = (): void => {
    const all = [...document.querySelectorAll<HTMLAnchorElement>('#starlight__sidebar .rm-route a[data-lesson]')];
    const once = all.filter((link, at) => all.findIndex(({ href }) => href === link.href) === at);
    const here = once.findIndex(({ pathname }) => pathname === location.pathname);
    if (here === -1) {
      for (const { link, href, title } of asBuilt) point(link, href, title);
      return;
    }
    const go = (link: HTMLAnchorElement, to: HTMLAnchorElement | undefined): void =>
      point(link, to?.getAttribute('href') ?? '', to?.firstElementChild?.textContent ?? '');
    go(before, once[here - 1]);
    go(after, once[here + 1]);
  };
  arrange();
  addEventListener('rm-glance', arrange);
  addEventListener('storage', arrange);
}
