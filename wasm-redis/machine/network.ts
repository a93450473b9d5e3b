/** Dotted IPv4. */
export type HostAddress = string;

export interface Address {
  /** As the machine's own host sees it; default 127.0.0.1. */
  host?: HostAddress;
  port: number;
}

export type ConnectionId = number;
export type DataListener = (bytes: Uint8Array | null) => void | Promise<void>;

export interface ConnectOptions {
  /** The owner goes back with the machine: on `restored` it knows again what it knew at the save. Default false. */
  rewindable?: boolean;
}
