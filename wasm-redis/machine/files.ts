export interface FileInfo {
  /** Absolute. */
  path: string;
  sizeBytes: number;
  /** Milliseconds since the epoch, by the machine's clock. */
  modifiedMs: number;
}

/** Something in a folder. */
export interface FolderEntry {
  name: string;
  kind: 'file' | 'folder' | 'device';
  sizeBytes: number;
  /** As in `FileInfo`. */
  modifiedMs: number;
  /** Permissions, as chmod(2) takes them. */
  mode: number;
}
