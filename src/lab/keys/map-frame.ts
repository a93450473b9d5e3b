/** A part of the earth, in degrees; plain: a degree of longitude is as wide as one of latitude is high in its middle. */
export interface MapFrame {
  west: number;
  south: number;
  east: number;
  north: number;
  /** Degrees between two lines of the graticule. */
  step: number;
}

const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30] as const;
/** What one point alone is shown in. */
const LEAST_DEGREES = 0.04;
const LINES = 5;
/** Redis keeps latitudes up to this one only, as web maps do. */
const POLE = 85.06;

/** The frame that shows all points, with room around them, between lines of its graticule. */
export function frameOf(points: readonly { longitude: number; latitude: number }[]): MapFrame {
  if (points.length === 0) return { west: -180, south: -90, east: 180, north: 90, step: 30 };
  const longitudes = points.map(({ longitude }) => longitude);
  const latitudes = points.map(({ latitude }) => latitude);
  const least = { west: Math.min(...longitudes), south: Math.min(...latitudes) };
  const most = { east: Math.max(...longitudes), north: Math.max(...latitudes) };
  const span = Math.max(most.east - least.west, most.north - least.south, LEAST_DEGREES);
  const step = STEPS.find((degrees) => span / degrees <= LINES) ?? 30;
  const down = (degrees: number): number => Math.floor(degrees / step - 0.2) * step;
  const up = (degrees: number): number => Math.ceil(degrees / step + 0.2) * step;
  return {
    west: Math.max(-180, down(least.west)),
    south: Math.max(-90, down(least.south)),
    east: Math.min(180, up(most.east)),
    north: Math.min(90, up(most.north)),
    step,
  };
}

/** The lines of the graticule between two degrees, ends included. */
export function linesOf(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
}

/** How much narrower a degree of longitude is drawn than one of latitude: as it is in the middle of the frame. */
export function narrowing({ south, north }: MapFrame): number {
  const middle = Math.min(POLE, Math.abs((south + north) / 2));
  return Math.max(0.2, Math.cos((middle * Math.PI) / 180));
}

/** `7.5° E`, `12° S`, `0°`. */
export function degrees(value: number, step: number, [positive, negative]: readonly [string, string]): string {
  const digits = Math.max(0, Math.ceil(-Math.log10(step)));
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return '0°';
  return `${text}° ${value > 0 ? positive : negative}`;
}
