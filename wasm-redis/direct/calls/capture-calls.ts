import type { Machine } from '../../machine.ts';
import type { Alive } from '../machine-parts.ts';

/** What passes on the network, for who wants to see it. */
export function captureCalls(alive: Alive) {
  return {
    async capture(options) {
      const { kernel, handles } = alive();
      const { startCapture } = await import('../../kernel/start-capture.ts');
      return handles.addCapture(startCapture(kernel, options));
    },

    async captured(capture, most) {
      return alive().handles.capture(capture).take(most);
    },

    async endCapture(capture) {
      const { kernel, handles } = alive();
      const ended = handles.dropCapture(capture);
      if (ended) kernel.endCapture(ended);
    },
  } satisfies Partial<Machine>;
}
