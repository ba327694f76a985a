import type { OrderedLine } from '../../domain/order.ts';
import { returnedAmount } from '../../domain/returned-amount.ts';
import type { PurchaseLineRow } from '../../entities/purchase-line.ts';

/** What takes the place of what is kept of a line; nothing: the line was never bought. */
export type Replacement = Readonly<{ number: number; with: readonly OrderedLine[] }>;

export type Change = Readonly<{
  replacements: readonly Replacement[];
  /** Lines that were forgotten. */
  added: readonly OrderedLine[];
}>;

/** The lines of an order after a change, and the highest number that any of them ever had. */
export type AmendedLines = Readonly<{ lines: readonly PurchaseLineRow[]; lastLine: number }>;

/**
 * The lines after a change. What came back of a replaced line stays as it was returned, a line of its own; what was
 * kept of it makes way. New lines get numbers that none had before, so that a number always means the same goods.
 */
export function amendedLines(
  purchaseId: string,
  { lines, lastLine }: AmendedLines,
  { replacements, added }: Change,
): AmendedLines {
  const replaced = new Set(replacements.map(({ number }) => number));
  const kept = lines.flatMap((line) => {
    if (!replaced.has(line.number)) return [line];
    const { returnedQuantity } = line;
    if (returnedQuantity === 0) return [];
    return [{ ...line, quantity: returnedQuantity, amountMinor: returnedAmount(line) }];
  });
  const fresh = [...replacements.flatMap((one) => one.with), ...added].map(
    (line, index): PurchaseLineRow => ({
      ...line,
      purchaseId,
      number: lastLine + 1 + index,
      returnedQuantity: 0,
      isGreen: line.certificateNumber === null ? false : null,
    }),
  );
  return { lines: [...kept, ...fresh], lastLine: lastLine + fresh.length };
}

/** What of a line has not come back, in the smallest unit. */
export const keptMinor = (line: PurchaseLineRow): number => line.amountMinor - returnedAmount(line);
