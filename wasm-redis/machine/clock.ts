export interface ClockState {
  /** Milliseconds since the Unix epoch. */
  nowMs: number;
  /** Milliseconds since the machine was made. */
  uptimeMs: number;
  rate: number;
}
