import { Between } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { Purchase, type PurchaseRow } from '../../entities/purchase.ts';
import { HOLD_DAYS, holdState, SEEN_DAYS, signsOf } from '../domain/signs.ts';
import type { PurchaseEventRow } from '../entities/purchase-event.ts';
import { VestingHold } from '../entities/vesting-hold.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** More orders than that of one member in a month are a sign in any case. */
const ORDERS_MAX = 1_000;

/** From when on points are good, and whether they are now. While a case is open the instant may have passed. */
type Release = Pick<PurchaseEventRow, 'releasedAt' | 'isReleased'>;

export const atOnce = (at: Date): Release => ({ releasedAt: at, isReleased: true });

/**
 * From when on points of a purchase that wait for an event are good: now, or at the end of the published term when
 * the purchase looks like wash trading. The term is given once for a purchase. The purchase is locked by the caller.
 */
export async function releaseOf(work: Work, purchase: PurchaseRow): Promise<Release> {
  const { manager, at, newId } = work;
  const { id: purchaseId, merchantId, memberId } = purchase;
  const known = await manager.findOneBy(VestingHold, { purchaseId });
  if (known !== null) {
    const state = holdState(known, at);
    const isHeld = state === 'HELD' || state === 'CASE';
    return isHeld ? { releasedAt: later(known.until, at), isReleased: false } : atOnce(at);
  }
  const signs = signsOf(purchase, await ordersAround(work, purchase));
  if (signs.length === 0) return atOnce(at);
  const until = new Date(at.getTime() + HOLD_DAYS * DAY_MS);
  await manager.insert(VestingHold, {
    id: newId(),
    purchaseId,
    merchantId,
    memberId,
    signs,
    raisedAt: at,
    until,
    decision: null,
    caseId: null,
    reason: null,
    decidedBy: null,
    decidedAt: null,
    caseClosedAt: null,
  });
  const payload = { purchaseId, merchantId, memberId, until: until.toISOString() };
  await appendEvents(manager, at, [{ kind: 'vesting.held', payload }]);
  return { releasedAt: until, isReleased: false };
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);

/** The orders of the member at the merchant around one of them. */
function ordersAround({ manager }: Work, purchase: PurchaseRow): Promise<PurchaseRow[]> {
  const { merchantId, memberId, purchasedAt } = purchase;
  const from = new Date(purchasedAt.getTime() - SEEN_DAYS.before * DAY_MS);
  const until = new Date(purchasedAt.getTime() + SEEN_DAYS.after * DAY_MS);
  return manager.find(Purchase, {
    where: { memberId, merchantId, purchasedAt: Between(from, until) },
    order: { purchasedAt: 'DESC', id: 'DESC' },
    take: ORDERS_MAX,
  });
}
