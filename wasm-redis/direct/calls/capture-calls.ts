import type { Machine } from '../../machine.ts';
import type { MachineParts } from '../machine-parts.ts';

/** What passes on the network, for who wants to see it. */
export function captureCalls({ kernel, handles }: MachineParts) {
  return {
    async capture(options) {
      const { startCapture } = await import('../../kernel/start-capture.ts');
      return handles.addCapture(startCapture(kernel, options));
    },

    async captured(capture, most) {
      return handles.capture(capture).take(most);
    },

    async endCapture(capture) {
      const ended = handles.dropCapture(capture);
      if (ended) kernel.endCapture(ended);
    },
  } satisfies Partial<Machine>;
}
