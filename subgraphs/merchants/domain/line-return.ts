/** A line of which some may come back. */
export type ReturnableLine = Readonly<{
  number: number;
  sku: string | null;
  quantity: number;
  returnedQuantity: number;
}>;

/** So many of one line come back. */
export type ReturnedLine = Readonly<{ number: number; quantity: number }>;

const left = ({ quantity, returnedQuantity }: ReturnableLine): number =>
  quantity - returnedQuantity;

/** How many of a product may still come back. */
export const leftOf = (lines: readonly ReturnableLine[], sku: string): number =>
  lines.filter((line) => line.sku === sku).reduce((all, line) => all + left(line), 0);

/**
 * Takes a quantity of one product back from the lines that have it, the first ones first: a receipt
 * may show the same product more than once. Null when less than that is left.
 */
export function takeBack(
  lines: readonly ReturnableLine[],
  sku: string,
  quantity: number,
): ReturnedLine[] | null {
  if (leftOf(lines, sku) < quantity) return null;
  const taken: ReturnedLine[] = [];
  let open = quantity;
  for (const line of lines) {
    if (line.sku !== sku || open === 0) continue;
    const part = Math.min(open, left(line));
    if (part > 0) taken.push({ number: line.number, quantity: part });
    open -= part;
  }
  return taken;
}

/** The lines after a return. */
export function afterReturn<Line extends ReturnableLine>(
  lines: readonly Line[],
  returned: readonly ReturnedLine[],
): Line[] {
  const quantities = new Map(returned.map(({ number, quantity }) => [number, quantity]));
  return lines.map((line) => ({
    ...line,
    returnedQuantity: line.returnedQuantity + (quantities.get(line.number) ?? 0),
  }));
}
