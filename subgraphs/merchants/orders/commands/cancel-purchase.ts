import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import {
  checkText,
  type InvalidInput,
  type NotFound,
} from '../../../../shared/graphql/refusals.ts';
import { sum } from '../../../../shared/quantities.ts';
import { lockCapUse } from '../../commands/cap-use.ts';
import { insertReturns, newReturn, returnCapCases, rulesOf } from '../../commands/return-rows.ts';
import { purchaseCancelled } from '../../domain/purchase-events.ts';
import type { CancelPurchaseInput } from '../../schema.generated.ts';
import { Cancellation } from '../entities/cancellation.ts';
import { lockOwnPurchase } from '../queries/find-purchase.ts';
import { REASON_MAX } from './change-order.ts';

export type PurchaseWasCancelled = Readonly<{
  kind: 'PurchaseWasCancelled';
  purchaseId: string;
  reversedPoints: number;
}>;

/**
 * Undoes a whole order, before or after it was delivered: all that is left of it comes back, and the points with
 * it. Cancelled again, under whatever key, it is the same cancellation.
 */
export async function cancelPurchase(
  work: Work,
  { purchaseId, reason }: CancelPurchaseInput,
): Promise<PurchaseWasCancelled | NotFound | InvalidInput> {
  const { manager, at, newId, caller } = work;
  const unusable = checkText('reason', reason, REASON_MAX);
  if (unusable !== null) return unusable;
  const open = await lockOwnPurchase(work, purchaseId, 'RETURN');
  if ('kind' in open) return open;
  const known = await manager.findOneBy(Cancellation, { purchaseId });
  if (known !== null) {
    return { kind: 'PurchaseWasCancelled', purchaseId, reversedPoints: known.reversedPoints };
  }

  // From here on the command must succeed.
  const left = open.lines
    .map((line) => ({ number: line.number, quantity: line.quantity - line.returnedQuantity }))
    .filter(({ quantity }) => quantity > 0);
  const rules = await rulesOf(manager, [open]);
  const use = await lockCapUse(work, returnCapCases([open], rules));
  const made = left.length === 0 ? [] : [newReturn(newId(), open, left, { rules, use })];
  const events = await insertReturns(work, made);
  await use.save(work);
  const reversedPoints = sum(made.flatMap(({ reversed }) => reversed.map(({ points }) => points)));
  await manager.insert(Cancellation, {
    purchaseId,
    returnId: made[0]?.id ?? null,
    reason: reason.trim(),
    reversedPoints,
    cancelledBy: caller.subject,
    cancelledAt: at,
  });
  await appendEvents(manager, at, [...events, purchaseCancelled(open.row)]);
  return { kind: 'PurchaseWasCancelled', purchaseId, reversedPoints };
}
