import type { EntityManager } from 'typeorm';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import type { RedemptionRow } from '../../entities/redemption.ts';

type Told = Pick<RedemptionRow, 'id' | 'memberId' | 'merchantId' | 'rewardId' | 'quantity'>;

/** Appends to the feed that the points of a redemption are set aside. */
export const tellPlaced = (manager: EntityManager, at: Date, redemption: Told): Promise<void> =>
  tell(manager, at, 'redemption.placed', redemption);

/** Appends that one which was placed is undone before it was completed. */
export const tellReleased = (manager: EntityManager, at: Date, redemption: Told): Promise<void> =>
  tell(manager, at, 'redemption.released', redemption);

/** Appends that the voucher of a redemption was used. */
export const tellVoucherUsed = (
  manager: EntityManager,
  at: Date,
  redemption: Told,
): Promise<void> => tell(manager, at, 'voucher.used', redemption);

function tell(
  manager: EntityManager,
  at: Date,
  kind: 'redemption.placed' | 'redemption.released' | 'voucher.used',
  { id: redemptionId, memberId, merchantId, rewardId, quantity }: Told,
): Promise<void> {
  const payload = { redemptionId, memberId, merchantId, rewardId, quantity };
  return appendEvents(manager, at, [{ kind, payload }]);
}
