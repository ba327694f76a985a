import { isoDay } from '../../../shared/calendar.ts';
import type { Work } from '../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../shared/feeds/append.ts';
import { actsForMerchant } from '../../../shared/graphql/caller.ts';
import {
  checkPositive,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../shared/graphql/refusals.ts';
import { sum } from '../../../shared/quantities.ts';
import type { ReturnedLine } from '../domain/line-return.ts';
import { LINES_MAX, orNull } from '../domain/order.ts';
import { ALWAYS_POSSIBLE, isOpen, type ReturnGrounds } from '../orders/domain/return-window.ts';
import { lockedWindow } from '../orders/queries/return-window.ts';
import type { ReturnedLineInput, ReturnPurchaseInput } from '../schema.generated.ts';
import { requireDeed } from '../standing/queries/staff.ts';
import { lockCapUse } from './cap-use.ts';
import {
  insertReturns,
  lockPurchases,
  newReturn,
  type OpenPurchase,
  readOpenPurchases,
  returnCapCases,
  rulesOf,
} from './return-rows.ts';

export type PurchaseReturned = Readonly<{
  kind: 'PurchaseReturned';
  purchaseId: string;
  reversedPoints: number;
}>;

export type ReturnPurchaseOutcome =
  | PurchaseReturned
  | Refused<'ReturnExceedsPurchase'>
  | Refused<'ReturnWindowClosed'>
  | NotFound
  | InvalidInput;

/**
 * Records that lines came back, and takes back exactly the points that they earned. Without a reason they come back
 * within the stated days alone, and of goods that were not bought in a shop within 7 at least (消费者权益保护法 25).
 */
export async function returnPurchase(
  work: Work,
  { purchaseId, lines, grounds: stated }: ReturnPurchaseInput,
): Promise<ReturnPurchaseOutcome> {
  const unusable = checkLines(lines);
  if (unusable !== null) return unusable;
  await lockPurchases(work, [purchaseId]);
  const [purchase] = await readOpenPurchases(work.manager, [purchaseId]);
  // MariaDB finds an id with blanks after it as well. And a purchase at another merchant is none of
  // the caller's: it is as if it were not there.
  if (purchase?.row.id !== purchaseId || !actsForMerchant(work.caller, purchase.row.merchantId)) {
    return notFound('PURCHASE_NOT_FOUND');
  }
  await requireDeed(work, purchase.row.merchantId, 'RETURN');
  const grounds = stated ?? 'CHANGED_MIND';
  const refusal = checkQuantities(purchase, lines) ?? (await checkWindow(work, purchase, grounds));
  if (refusal !== null) return refusal;

  // From here on the command must succeed.
  const rules = await rulesOf(work.manager, [purchase]);
  const use = await lockCapUse(work, returnCapCases([purchase], rules));
  const made = newReturn(work.newId(), purchase, byLine(lines), { rules, use, grounds });
  const events = await insertReturns(work, [made]);
  await use.save(work);
  await appendEvents(work.manager, work.at, events);
  const reversedPoints = sum(made.reversed.map(({ points }) => points));
  return { kind: 'PurchaseReturned', purchaseId, reversedPoints };
}

function checkLines(lines: readonly ReturnedLineInput[]): InvalidInput | null {
  if (lines.length === 0) return invalidInput('NO_LINES', 'lines');
  if (lines.length > LINES_MAX) return invalidInput('TOO_MANY_LINES', 'lines', { max: LINES_MAX });
  for (const [index, { quantity }] of lines.entries()) {
    const found = checkPositive(`lines.${index}.quantity`, quantity);
    if (found !== null) return found;
  }
  return null;
}

function checkQuantities(
  purchase: OpenPurchase,
  lines: readonly ReturnedLineInput[],
): InvalidInput | Refused<'ReturnExceedsPurchase'> | null {
  const bought = new Map(purchase.lines.map((line) => [line.number, line]));
  const asked = new Map<number, number>();
  for (const [index, { number, quantity }] of lines.entries()) {
    const line = bought.get(number);
    if (line === undefined) return invalidInput('LINE_NOT_FOUND', `lines.${index}.number`);
    const total = orNull(() => sum([asked.get(number) ?? 0, quantity]));
    const left = line.quantity - line.returnedQuantity;
    if (total === null || total > left) {
      const field = `lines.${index}.quantity`;
      return refused('ReturnExceedsPurchase', 'RETURN_EXCEEDS_PURCHASE', { field, left });
    }
    asked.set(number, total);
  }
  return null;
}

async function checkWindow(
  { manager, at }: Work,
  { row }: OpenPurchase,
  grounds: ReturnGrounds,
): Promise<Refused<'ReturnWindowClosed'> | null> {
  if (ALWAYS_POSSIBLE.includes(grounds)) return null;
  const window = await lockedWindow(manager, row);
  if (window === null || isOpen(window, at)) return null;
  const { days, lastDay } = window;
  return refused('ReturnWindowClosed', 'RETURN_WINDOW_CLOSED', { days, lastDay: isoDay(lastDay) });
}

/** The same line may be named more than once. */
function byLine(lines: readonly ReturnedLineInput[]): ReturnedLine[] {
  const quantities = new Map<number, number>();
  for (const { number, quantity } of lines) {
    quantities.set(number, (quantities.get(number) ?? 0) + quantity);
  }
  return [...quantities].map(([number, quantity]) => ({ number, quantity }));
}
