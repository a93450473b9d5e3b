export type TerminalId = number;
export type OutputListener = (bytes: Uint8Array) => void | Promise<void>;

export interface TerminalSize {
  columns: number;
  rows: number;
}
