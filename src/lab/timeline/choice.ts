import type { EventGroup, NodeEvent } from '../node-event.ts';

/** Which events one wants to see. */
export interface Choice {
  groups: ReadonlySet<EventGroup>;
  /** Name of a node; undefined for all. */
  node?: string;
  /** Words of which each must stand in the event, whatever the case. */
  search: string;
}

/** What is shown of a group, and whether it is from the beginning: discoveries are many and rarely the point. */
export const GROUPS: Readonly<Record<EventGroup, { name: string; shown: boolean }>> = {
  failure: { name: 'Failures', shown: true },
  recovery: { name: 'Recoveries', shown: true },
  election: { name: 'Votes', shown: true },
  failover: { name: 'Failover', shown: true },
  resync: { name: 'Replication', shown: true },
  slots: { name: 'Slots', shown: true },
  process: { name: 'Start and end', shown: true },
  disk: { name: 'Disk', shown: true },
  fault: { name: 'Done on purpose', shown: true },
  discovery: { name: 'Discoveries', shown: false },
};

/** The chosen among the events, in their order. @param nameAll puts names in the place of addresses and ids */
export function choose(events: readonly NodeEvent[], choice: Choice, nameAll: (text: string) => string): NodeEvent[] {
  const words = choice.search.toLowerCase().split(/\s+/).filter(Boolean);
  return events.filter((event) => {
    if (!choice.groups.has(event.group)) return false;
    if (choice.node !== undefined && event.node !== choice.node) return false;
    if (words.length === 0) return true;
    const text = `${event.node} ${event.label} ${nameAll(event.text)} ${event.logged ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
