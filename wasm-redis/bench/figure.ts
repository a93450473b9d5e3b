/** A figure beside the commands per second: smaller is better. `native` where there is something to compare with. */
export interface Figure {
  name: string;
  value: number;
  native?: number;
  unit: 'ms' | 'bytes';
}

/** A figure as cells: name, ours, native. Milliseconds with one decimal, bytes in thousands. */
export function figureCells({ name, value, native, unit }: Figure): [string, string, string] {
  const text = (number: number): string => (unit === 'ms' ? `${number.toFixed(1)} ms` : kilobytes(number));
  return [name, text(value), native === undefined ? '' : text(native)];
}

function kilobytes(bytes: number): string {
  const rounded = (bytes / 1000).toLocaleString('en-US', { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  return `${rounded} kB`;
}
