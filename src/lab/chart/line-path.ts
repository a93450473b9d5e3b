/** A point of a series; a `y` that is undefined is a gap. */
export interface Point {
  x: number;
  y: number | undefined;
}

/** Where a chart is drawn, in its own units; `top` and `left` are the corner of the plot. */
export interface Plot {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * The line through the points as the `d` of an SVG path; a gap begins a new piece, and a point alone between gaps is a
 * dot. `fromX` to `toX` fill the width, 0 to `topY` the height.
 */
export function linePath(points: readonly Point[], plot: Plot, fromX: number, toX: number, topY: number): string {
  const span = toX - fromX || 1;
  const pieces: string[] = [];
  let pen = false;
  points.forEach(({ x, y }, index) => {
    if (y === undefined) {
      pen = false;
      return;
    }
    const at = `${rounded(plot.left + ((x - fromX) / span) * plot.width)} ${rounded(plot.top + plot.height * (1 - y / topY))}`;
    pieces.push(`${pen ? 'L' : 'M'}${at}`);
    // A piece without length is drawn as a dot by round line caps.
    if (!pen && points[index + 1]?.y === undefined) pieces.push(`L${at}`);
    pen = true;
  });
  return pieces.join('');
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}
