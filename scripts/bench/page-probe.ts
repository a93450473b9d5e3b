/** What the probe has seen in a page: milliseconds since its navigation began. */
export interface ProbeReport {
  workerStarted?: number;
  firstPrompt?: number;
  /** From a key that was pressed to the next change of a terminal's rows. */
  echoes: number[];
  /** From a press on Run to the status that says that all replies are there. */
  runs: number[];
  /** When the first of these statuses appeared. */
  firstRunEnded?: number;
}

declare global {
  interface Window {
    probe: ProbeReport;
  }
}

/**
 * Runs in a page before its own scripts, and takes times there: nothing between browser and test counts. It must not use
 * anything from outside of its body.
 */
export function installProbe(): void {
  const probe: ProbeReport = { echoes: [], runs: [] };
  window.probe = probe;
  let keyAt: number | undefined;
  let runAt: number | undefined;

  window.Worker = class extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      probe.workerStarted ??= performance.now();
    }
  };
  addEventListener('keydown', () => (keyAt = performance.now()), { capture: true });
  addEventListener(
    'click',
    ({ target }) => {
      if (target instanceof Element && target.closest('.redis-run')) runAt = performance.now();
    },
    { capture: true },
  );

  const rowsOf = (node: Node): Element | null | undefined =>
    (node instanceof Element ? node : node.parentElement)?.closest('.xterm-rows');
  const seeTerminal = (rows: Element): void => {
    if (keyAt !== undefined) probe.echoes.push(performance.now() - keyAt);
    keyAt = undefined;
    if (probe.firstPrompt === undefined && rows.textContent?.includes('127.0.0.1:6379>')) {
      probe.firstPrompt = performance.now();
    }
  };
  const seeStatus = (status: Element): void => {
    if (runAt === undefined || !status.textContent?.endsWith('every reply as printed.')) return;
    probe.runs.push(performance.now() - runAt);
    probe.firstRunEnded ??= performance.now();
    runAt = undefined;
  };
  new MutationObserver((mutations) => {
    const terminals = new Set(mutations.map(({ target }) => rowsOf(target)));
    for (const rows of terminals) if (rows) seeTerminal(rows);
    for (const status of document.querySelectorAll('.redis-status')) seeStatus(status);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}
