/** So many pixels to a module. */
const SCALE = 6;

type Square = Readonly<{ left: number; top: number; size: number }>;

/** The picture that an SVG of black runs on white shows, and a camera would take: RGBA. */
export function picture(svg: string, { white }: { white?: Square } = {}) {
  const modules = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const width = modules * SCALE;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  const isHidden = (x: number, y: number) =>
    white !== undefined &&
    [x - white.left, y - white.top].every((at) => at >= 0 && at < white.size);
  for (const [, left, top, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (let x = Number(left); x < Number(left) + Number(length); x += 1) {
      if (!isHidden(x, Number(top))) blacken(data, width, x, Number(top));
    }
  }
  return { width, height: width, data };
}

function blacken(data: Uint8ClampedArray, width: number, x: number, y: number): void {
  for (let row = y * SCALE; row < (y + 1) * SCALE; row += 1) {
    const start = (row * width + x * SCALE) * 4;
    for (let at = start; at < start + SCALE * 4; at += 1) if (at % 4 !== 3) data[at] = 0;
  }
}
