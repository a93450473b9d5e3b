/** How TCP sends again what has been lost: after `firstUs`, then at twice the distance each time, at most `longestUs`. */
export interface Retransmission {
  firstUs: number;
  longestUs: number;
  /** After so many the connection is given up, once the distance after the last has passed as well. */
  retries: number;
}

/** Data: Linux's shortest timeout, and `tcp_retries2`. Given up after 924.6 s. */
export const DATA_RETRIES: Retransmission = { firstUs: 200_000, longestUs: 120_000_000, retries: 15 };
/** The first packet of a connection: `tcp_syn_retries`. Given up after 127 s. */
export const CONNECT_RETRIES: Retransmission = { firstUs: 1_000_000, longestUs: 120_000_000, retries: 6 };

/** The first time at or after `fromUs` at which what was lost at `lostUs` is sent again; Infinity if it is not. */
export function nextRetryUs({ firstUs, longestUs, retries }: Retransmission, lostUs: number, fromUs: number): number {
  let atUs = lostUs;
  let distanceUs = firstUs;
  for (let retry = 0; retry < retries; retry++) {
    atUs += distanceUs;
    if (atUs >= fromUs) return atUs;
    distanceUs = Math.min(distanceUs * 2, longestUs);
  }
  return Infinity;
}

/** When what was lost at `lostUs` is given up. */
export function givenUpUs({ firstUs, longestUs, retries }: Retransmission, lostUs: number): number {
  let atUs = lostUs;
  let distanceUs = firstUs;
  for (let retry = 0; retry <= retries; retry++) {
    atUs += distanceUs;
    distanceUs = Math.min(distanceUs * 2, longestUs);
  }
  return atUs;
}
