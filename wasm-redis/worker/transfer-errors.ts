import { transferHandlers, type TransferHandler } from 'comlink';
import { MachineError } from '../machine.ts';

/** What comlink calls a thrown value on its way, and what becomes of it. */
type Thrown = { value: unknown };
type SerializedThrown = { isError: boolean; value: unknown; code?: string };

/**
 * Makes a `MachineError` arrive as one, with its code, on the other side of a comlink boundary. Both sides call it.
 * Everything else that is thrown travels as comlink does it.
 */
export function transferMachineErrors(): void {
  const plain = transferHandlers.get('throw') as TransferHandler<Thrown, SerializedThrown> | undefined;
  if (!plain) throw new Error('comlink has no handler for thrown values');
  const withCode: TransferHandler<Thrown, SerializedThrown> = {
    canHandle: (value): value is Thrown => plain.canHandle(value),
    serialize(thrown) {
      const [serialized, transferables] = plain.serialize(thrown);
      if (thrown.value instanceof MachineError) serialized.code = thrown.value.code;
      return [serialized, transferables];
    },
    deserialize(serialized) {
      if (serialized.code === undefined) return plain.deserialize(serialized);
      const { message } = serialized.value as { message: string };
      throw new MachineError(serialized.code, message);
    },
  };
  transferHandlers.set('throw', withCode);
}
