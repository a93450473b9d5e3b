/** `00:00:07.312`: a time of the machine, which lives in UTC. @param atMs milliseconds since the epoch */
export function clockWords(atMs: number): string {
  return new Date(atMs).toISOString().slice(11, 23);
}
