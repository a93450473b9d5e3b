/** What a page did while nobody touched it. */
export interface IdleReport {
  forMs: number;
  frames: number;
  longestFrameMs: number;
  /** Of those over 50 ms, which the browser reports, and else of what the probe saw of its own late timers. */
  longestTaskMs: number;
  longTasks: number;
}

declare global {
  interface Window {
    /** Looks on for so long. */
    watchIdle: (forMs: number) => Promise<IdleReport>;
  }
}

/**
 * Runs in a page before its own scripts. Counts frames by requestAnimationFrame, and takes the browser's word for long
 * tasks. It must not use anything from outside of its body.
 */
export function installIdleProbe(): void {
  /** A task that keeps a message to oneself waiting for longer is longer than that. */
  const watchQueue = (seen: (lateMs: number) => void): (() => void) => {
    let sentAt = performance.now();
    const timer = setInterval(() => {
      const { port1, port2 } = new MessageChannel();
      sentAt = performance.now();
      port1.onmessage = () => {
        seen(performance.now() - sentAt);
        port1.close();
      };
      port2.postMessage(0);
    }, 20);
    return () => clearInterval(timer);
  };

  window.watchIdle = async (forMs) => {
    const report = { forMs, frames: 0, longestFrameMs: 0, longestTaskMs: 0, longTasks: 0 };
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        report.longTasks++;
        report.longestTaskMs = Math.max(report.longestTaskMs, duration);
      }
    });
    observer.observe({ type: 'longtask' });
    const stop = watchQueue((lateMs) => (report.longestTaskMs = Math.max(report.longestTaskMs, lateMs)));
    await new Promise<void>((resolve) => {
      let startedAt = 0;
      let lastAt = 0;
      const frame = (at: number): void => {
        if (lastAt === 0) startedAt = at;
        else {
          report.frames++;
          report.longestFrameMs = Math.max(report.longestFrameMs, at - lastAt);
        }
        lastAt = at;
        if (at - startedAt < forMs) requestAnimationFrame(frame);
        else resolve();
        report.forMs = at - startedAt;
      };
      requestAnimationFrame(frame);
    });
    stop();
    observer.disconnect();
    return report;
  };
}
