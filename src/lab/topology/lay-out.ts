import type { LabView } from '../lab-view.ts';
import { addressOf } from '../node-address.ts';

/** Of a card and the free space around it, in CSS pixels. Two stand side by side on a phone. */
export const CARD = { width: 142, gapX: 14, gapY: 44 } as const;
/** A node of a cluster has two lines more to tell. */
const HEIGHT_PX = 116;
const CLUSTER_HEIGHT_PX = 146;

export interface Place {
  name: string;
  x: number;
  y: number;
}

export interface LaidOut {
  places: readonly Place[];
  width: number;
  height: number;
  /** Of each card. */
  cardHeight: number;
}

/** Rows of names that belong together: a primary, its replicas, their replicas. */
type Group = readonly (readonly string[])[];

/**
 * Places the nodes in a given width: Sentinels in a band at the top, then each primary with its replicas under it, groups
 * side by side while there is room. A node whose primary is no node of the view, or is unknown, has a group of its own.
 */
export function layOut(view: LabView, widthPx: number): LaidOut {
  const columns = Math.max(1, Math.floor((widthPx + CARD.gapX) / (CARD.width + CARD.gapX)));
  const sentinels = view.nodes.filter(({ kind }) => kind === 'sentinel').map(({ name }) => name);
  const cardHeight = view.nodes.some(({ server }) => server?.cluster) ? CLUSTER_HEIGHT_PX : HEIGHT_PX;
  const rowPx = cardHeight + CARD.gapY;
  const bands: Group[][] = [];
  if (sentinels.length > 0) bands.push([rowsOf(sentinels, columns)]);
  let room = 0;
  for (const group of groupsOf(view, columns)) {
    const width = widthOf(group);
    if (room < width) {
      bands.push([]);
      room = columns;
    }
    bands.at(-1)?.push(group);
    room -= width;
  }
  const width = Math.max(widthPx, CARD.width);
  const places: Place[] = [];
  let top = 0;
  for (const band of bands) {
    let left = (width - pixels(band.reduce((sum, group) => sum + widthOf(group), 0))) / 2;
    for (const group of band) {
      placeGroup(group, left, top, rowPx, places);
      left += pixels(widthOf(group)) + CARD.gapX;
    }
    top += Math.max(...band.map((group) => group.length)) * rowPx;
  }
  return { places, width, height: Math.max(0, top - CARD.gapY), cardHeight };
}

function placeGroup(group: Group, left: number, top: number, rowPx: number, places: Place[]): void {
  const width = pixels(widthOf(group));
  group.forEach((row, index) => {
    const start = left + (width - pixels(row.length)) / 2;
    row.forEach((name, at) => {
      places.push({ name, x: start + at * (CARD.width + CARD.gapX), y: top + index * rowPx });
    });
  });
}

function pixels(columns: number): number {
  return columns * CARD.width + (columns - 1) * CARD.gapX;
}

function widthOf(group: Group): number {
  return Math.max(...group.map((row) => row.length));
}

function rowsOf(names: readonly string[], columns: number): string[][] {
  const rows: string[][] = [];
  for (let at = 0; at < names.length; at += columns) rows.push(names.slice(at, at + columns));
  return rows;
}

/** In the order of the nodes' names as the view has them, so that a failover moves as little as can be. */
function groupsOf(view: LabView, columns: number): Group[] {
  const servers = view.nodes.filter(({ kind }) => kind === 'server');
  const byAddress = new Map(servers.map((node) => [addressOf(node), node.name]));
  const primaryOf = new Map(
    servers.map(({ name, server }) => [name, server?.primary && byAddress.get(server.primary.address)]),
  );
  const rootOf = (name: string): string => {
    const passed = new Set<string>();
    let at = name;
    for (let up = primaryOf.get(at); up !== undefined && !passed.has(up); up = primaryOf.get(at)) {
      passed.add(at);
      at = up;
    }
    return at;
  };
  const members = new Map<string, string[]>();
  for (const { name } of servers) members.set(rootOf(name), [...(members.get(rootOf(name)) ?? []), name]);
  return [...members].map(([root, names]) => {
    const depthOf = (name: string): number => {
      let depth = 0;
      for (let at = name; at !== root && depth < names.length; at = primaryOf.get(at) ?? root) depth++;
      return depth;
    };
    const levels: string[][] = [];
    for (const name of names) (levels[depthOf(name)] ??= []).push(name);
    return levels.filter(Boolean).flatMap((level) => rowsOf(level, Math.min(columns, 3)));
  });
}
