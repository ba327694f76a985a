import encodeQR from 'qr';

/** So many light modules around it, as ISO/IEC 18004 asks for. */
const BORDER = 4;

/**
 * The code as a QR in SVG, black on white whatever is behind it, one unit to a module. A quarter of it may be
 * hidden, and it still has the least size there is: 21 modules.
 */
export function voucherQr(code: string): string {
  const rows = encodeQR(code, 'raw', { ecc: 'quartile', border: BORDER });
  const size = rows.length;
  const path = rows.flatMap((row, y) => runsOf(row).map(([x, n]) => `M${x} ${y}h${n}v1h-${n}z`));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" ` +
    `shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/>` +
    `<path d="${path.join('')}"/></svg>`
  );
}

/** Where dark modules begin, and how many follow on each other. */
function runsOf(row: readonly boolean[]): [start: number, length: number][] {
  const runs: [number, number][] = [];
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1);
    if (!isDark) continue;
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}
