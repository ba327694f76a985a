import type { Work } from '../../../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import { type NotFound, notFound } from '../../../../shared/graphql/refusals.ts';
import { lockPurchases, type OpenPurchase, readOpenPurchases } from '../../commands/return-rows.ts';
import type { Deed } from '../../standing/domain/staff.ts';
import { requireDeed } from '../../standing/queries/staff.ts';

/**
 * Locks a purchase of the merchant that the caller acts for. One at another merchant is as if it were not there.
 * Throws FORBIDDEN when her role there does not let her do it.
 */
export async function lockOwnPurchase(
  work: Work,
  purchaseId: string,
  deed: Deed,
): Promise<OpenPurchase | NotFound> {
  await lockPurchases(work, [purchaseId]);
  const [purchase] = await readOpenPurchases(work.manager, [purchaseId]);
  // MariaDB finds an id with blanks after it as well.
  if (purchase?.row.id !== purchaseId || !actsForMerchant(work.caller, purchase.row.merchantId)) {
    return notFound('PURCHASE_NOT_FOUND');
  }
  await requireDeed(work, purchase.row.merchantId, deed, purchase.row.storeId);
  return purchase;
}
