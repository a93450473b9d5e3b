/**
 * Calls `look` at once and then every `periodMs` of real time, but only while the element is on the screen and the page is
 * shown; when it comes back, at once. A look that takes longer delays the next one: two never overlap.
 *
 * @returns what ends it
 */
export function whileVisible(element: Element, periodMs: number, look: () => Promise<void>): () => void {
  let ended = false;
  let onScreen = false;
  let looking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const visible = (): boolean => !ended && onScreen && document.visibilityState === 'visible';
  const go = async (): Promise<void> => {
    clearTimeout(timer);
    if (looking || !visible()) return;
    looking = true;
    try {
      await look();
    } finally {
      looking = false;
      if (visible()) timer = setTimeout(() => void go(), periodMs);
    }
  };
  const wake = (): void => void go();
  const observer = new IntersectionObserver(([entry]) => {
    onScreen = entry?.isIntersecting ?? false;
    if (onScreen) wake();
  });
  observer.observe(element);
  document.addEventListener('visibilitychange', wake);
  return () => {
    ended = true;
    clearTimeout(timer);
    observer.disconnect();
    document.removeEventListener('visibilitychange', wake);
  };
}
