import type { CaptureOptions } from '../machine.ts';
import { Capture } from './capture.ts';
import type { Kernel } from './kernel.ts';
import { Tap } from './tap.ts';

/** Notes what passes on the network from now on. A module of its own: a page that captures nothing does not load it. */
export function startCapture({ network, clock }: Kernel, options?: CaptureOptions): Capture {
  const capture = new Capture(options);
  network.tap ??= new Tap(() => clock.uptimeUs());
  network.tap.add(capture);
  return capture;
}
