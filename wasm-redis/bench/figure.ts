/** A figure beside the commands per second: smaller is better, unless it is one per second. */
export interface Figure {
  name: string;
  value: number;
  /** Where there is something to compare with. */
  native?: number;
  /** What it should be at most; of one per second, at least. */
  limit?: number;
  unit: 'ms' | 'bytes' | 'percent' | 'per second' | 'count';
}

/** A figure as cells: name, ours, and native or what it should be. Milliseconds with one decimal, bytes in thousands. */
export function figureCells({ name, value, native, limit, unit }: Figure): [string, string, string] {
  const bar = limit === undefined ? '' : `at ${unit === 'per second' ? 'least' : 'most'} ${text(limit, unit)}`;
  return [name, text(value, unit), native === undefined ? bar : text(native, unit)];
}

function text(value: number, unit: Figure['unit']): string {
  switch (unit) {
    case 'ms':
      return `${value.toFixed(1)} ms`;
    case 'bytes':
      return kilobytes(value);
    case 'percent':
      return `${value.toFixed(1)} %`;
    case 'per second':
      return value.toFixed(1);
    case 'count':
      return String(value);
  }
}

function kilobytes(bytes: number): string {
  const rounded = (bytes / 1000).toLocaleString('en-US', { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  return `${rounded} kB`;
}
