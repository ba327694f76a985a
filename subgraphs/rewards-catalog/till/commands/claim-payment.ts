import { type Database, execute } from '../../../../shared/database/database.ts';
import { lockRedemption } from '../../aftersales/commands/lock-redemption.ts';
import { BillOffset } from '../entities/bill-offset.ts';
import { lockedHolder, orderClaim } from './claims.ts';

/** What points pay of an order, in the smallest unit of `currency`. */
export type ClaimedPointsPayment = Readonly<{
  redemptionId: string;
  memberId: string;
  currency: string;
  billMinor: number;
  amountMinor: number;
}>;

/** The order as it is about to be recorded: what it names, and what is paid in money. */
type Paying = Readonly<{
  redemptionId: string;
  memberId: string;
  currency: string;
  totalMinor: number;
}>;

/**
 * Keeps a payment from being undone while its order is recorded; not for an order that is refused because it is not the one
 * that was paid for. Null: nothing was paid, or it is undone. It needs no key: claimed again, it is the same.
 */
export const claimPayment = (
  database: Database,
  at: Date,
  {
    merchantId,
    orderNumber,
    paying,
  }: Readonly<{
    merchantId: string;
    orderNumber: string;
    paying: Paying;
  }>,
): Promise<ClaimedPointsPayment | null> =>
  database.transaction(async (manager) => {
    const locking = { manager, dialect: database.dialect };
    const held = await lockedHolder(locking, orderClaim(merchantId, orderNumber));
    const redemption = held && (await lockRedemption(locking, held.id));
    if (redemption?.state !== 'CAPTURED' || redemption.cancelAt !== null) return null;
    const { id: redemptionId, memberId } = redemption;
    const offset = await manager.findOneByOrFail(BillOffset, { redemptionId });
    const { currency, billMinor, amountMinor } = offset;
    const paid = { redemptionId, memberId, currency, billMinor, amountMinor };
    if (!isFor(paid, paying)) return paid;
    await execute(
      manager,
      'UPDATE rewards_bill_offset SET claimed_ms = ? WHERE redemption_id = ?',
      [at.getTime(), redemptionId],
    );
    return paid;
  });

const isFor = (paid: ClaimedPointsPayment, { totalMinor, ...order }: Paying): boolean =>
  order.redemptionId === paid.redemptionId &&
  order.memberId === paid.memberId &&
  order.currency === paid.currency &&
  totalMinor === paid.billMinor - paid.amountMinor;
