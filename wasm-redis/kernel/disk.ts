/** The disk of a host, as far as it can fail. What is on it belongs to the machine's one file system. */
export interface Disk {
  /** Bytes by which its files may still grow together; Infinity unless it is limited. */
  freeBytes: number;
  /** How long an fsync takes, of the machine's time. */
  fsyncUs: number;
}

/**
 * How many bytes of a write fit: those that do not make the file longer always do.
 *
 * @returns up to `count`; what it grows by is taken from the free space when `wrote` is told
 */
export function fitting(disk: Disk, sizeBytes: number, offset: number, count: number): number {
  const growth = offset + count - Math.max(sizeBytes, offset);
  return Math.max(0, count - Math.max(0, growth - disk.freeBytes));
}

/** A file of the disk has another size now, or is gone. */
export function resized(disk: Disk, fromBytes: number, toBytes: number): void {
  disk.freeBytes = Math.max(0, disk.freeBytes - (toBytes - fromBytes));
}
