import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MachineError } from '../machine.ts';
import { type Call } from './boundary.ts';
import { BUSY_AFTER_MS, CallChannel } from './call-channel.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A channel, what it has posted and left, and receipts to give. */
function startChannel() {
  const receipts: PromiseWithResolvers<void>[] = [];
  const posted: number[] = [];
  let left: number[] = [];
  const busy: boolean[] = [];
  const channel = new CallChannel({
    post: (call: Call) => {
      posted.push(call.sequence);
      const receipt = Promise.withResolvers<void>();
      receipts.push(receipt);
      return receipt.promise;
    },
    leave: (calls) => {
      left = calls.map(({ sequence }) => sequence);
    },
    busyChanged: (now) => void busy.push(now),
  });
  return { channel, receipts, posted, busy, left: () => left };
}

test('a worker that gives receipts is not busy, and nothing is left for it', async () => {
  const { channel, receipts, busy, left } = startChannel();
  const answer = channel.call('clock', []);
  receipts[0]?.resolve();
  await vi.advanceTimersByTimeAsync(10 * BUSY_AFTER_MS);
  channel.answered(1, { kind: 'value', value: 7 });
  expect(await answer).toBe(7);
  expect({ busy, left: left() }).toEqual({ busy: [], left: [] });
});

test('without a receipt all calls are left for the worker, and again with each new one', async () => {
  const { channel, posted, busy, left } = startChannel();
  void channel.call('type', [1]);
  void channel.call('type', [1]);
  expect(left()).toEqual([]);
  await vi.advanceTimersByTimeAsync(BUSY_AFTER_MS);
  expect({ busy, left: left() }).toEqual({ busy: [true], left: [1, 2] });
  void channel.call('type', [1]);
  expect({ posted, left: left() }).toEqual({ posted: [1, 2, 3], left: [1, 2, 3] });
});

test('what a busy worker has received is not left again; a receipt by message ends the business', async () => {
  const { channel, receipts, busy, left } = startChannel();
  void channel.call('type', [1]);
  void channel.call('type', [1]);
  await vi.advanceTimersByTimeAsync(BUSY_AFTER_MS);
  channel.received(1);
  expect({ busy, left: left() }).toEqual({ busy: [true], left: [2] });
  receipts[1]?.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect({ busy, left: left() }).toEqual({ busy: [true, false], left: [] });
});

test('an error comes back with its code', async () => {
  const { channel } = startChannel();
  const answer = channel.call('readFile', ['/a']);
  channel.answered(1, { kind: 'error', code: 'ENOENT', message: 'There is no file /a.' });
  await expect(answer).rejects.toEqual(new MachineError('ENOENT', 'There is no file /a.'));
});

test('a closed channel rejects what waits and every later call', async () => {
  const { channel } = startChannel();
  const answer = channel.call('clock', []);
  channel.close(new Error('the machine has been reset'));
  await expect(answer).rejects.toThrow('the machine has been reset');
  await expect(channel.call('clock', [])).rejects.toThrow('the machine has been reset');
});

test('a page that goes on talking to a stuck worker is refused in time', async () => {
  const { channel } = startChannel();
  for (let i = 0; i < 4096; i++) void channel.call('type', [1]);
  await expect(channel.call('type', [1])).rejects.toThrowErrorMatchingInlineSnapshot(
    `[MachineError: expected the engine to take calls, but 4096 are waiting. Reset it.]`,
  );
});
