export type SaveId = number;

/** A machine as it was. The machine itself keeps it, as long as it lives; this is what there is to say about it. */
export interface Save {
  id: SaveId;
  label: string;
  /** The machine's time at the save, as in `ClockState`. */
  nowMs: number;
  uptimeMs: number;
  /** Bytes of memory and files that no other save contains: what `dropSave` would free. */
  ownBytes: number;
}
