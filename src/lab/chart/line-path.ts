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

/** A drawn series: the `d` of an SVG path, and where its dots are. */
export interface Line {
  d: string;
  dots: readonly { cx: number; cy: number }[];
}

/**
 * The line through the points; a gap begins a new piece, and a point alone between gaps is a dot. `fromX` to `toX` fill
 * the width, 0 to `topY` the height.
 */
export function lineThrough(points: readonly Point[], plot: Plot, fromX: number, toX: number, topY: number): Line {
  const span = toX - fromX || 1;
  const pieces: string[] = [];
  const dots: { cx: number; cy: number }[] = [];
  let pen = false;
  points.forEach(({ x, y }, index) => {
    if (y === undefined) {
      pen = false;
      return;
    }
    const cx = rounded(plot.left + ((x - fromX) / span) * plot.width);
    const cy = rounded(plot.top + plot.height * (1 - y / topY));
    if (!pen && points[index + 1]?.y === undefined) dots.push({ cx, cy });
    else pieces.push(`${pen ? 'L' : 'M'}${String(cx)} ${String(cy)}`);
    pen = true;
  });
  return { d: pieces.join(''), dots };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
