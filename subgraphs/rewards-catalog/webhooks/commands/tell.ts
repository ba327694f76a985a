import type { EntityManager } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import type { RedemptionRow } from '../../entities/redemption.ts';

type Told = Pick<RedemptionRow, 'id' | 'memberId' | 'merchantId' | 'rewardId' | 'quantity'>;

/** Appends to the feed that the points of a redemption are set aside. The last thing that a transaction does. */
export const tellPlaced = (manager: EntityManager, at: Date, redemption: Told): Promise<void> =>
  appendEvents(manager, at, [{ kind: 'redemption.placed', payload: payloadOf(redemption) }]);

/** Appends that one which was placed is undone before it was completed. The last thing, too. */
export const tellReleased = (manager: EntityManager, at: Date, redemption: Told): Promise<void> =>
  appendEvents(manager, at, [{ kind: 'redemption.released', payload: payloadOf(redemption) }]);

/** Appends that vouchers of these redemptions were used. The last thing, too. */
export const tellVouchersUsed = (
  { manager, at }: Pick<Work, 'manager' | 'at'>,
  redemptions: readonly ToldVoucher[],
): Promise<void> => {
  const events = redemptions.map((one) => ({ kind: 'voucher.used', payload: ofVoucher(one) }));
  return appendEvents(manager, at, events);
};

/** Appends that nobody used vouchers of these redemptions while they were good. The last thing, too. */
export const tellVouchersLapsed = (
  { manager, at }: Pick<Work, 'manager' | 'at'>,
  redemptions: readonly ToldVoucher[],
): Promise<void> => {
  const events = redemptions.map((one) => ({ kind: 'voucher.lapsed', payload: ofVoucher(one) }));
  return appendEvents(manager, at, events);
};

type ToldVoucher = Told & Pick<RedemptionRow, 'returned'>;

/** `left`: how many pieces did not come back. */
const ofVoucher = ({ returned, ...one }: ToldVoucher) => ({
  ...payloadOf(one),
  left: one.quantity - returned,
});

const payloadOf = ({ id: redemptionId, memberId, merchantId, rewardId, quantity }: Told) => ({
  ...{ redemptionId, memberId, merchantId, rewardId, quantity },
});
