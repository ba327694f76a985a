import { type Refused, refused } from '../../../../shared/graphql/refusals.ts';
import type { RewardRow } from '../../entities/reward.ts';

/** What must be the same, so that an exchange is worth nothing to anybody and goes around no condition. */
const SAME = [
  ...(['kind', 'points', 'leastPoints', 'unit', 'cashMinor', 'cashPartMinor'] as const),
  ...(['cashCurrency', 'category', 'minTier', 'regions', 'weekdays', 'duringOrder'] as const),
  ...(['limitPerDay', 'limitInAll', 'details', 'seller'] as const),
] satisfies (keyof RewardRow)[];

/** Why one piece of goods is not exchanged for another one; null: it is. */
export function refuseOther(
  redeemed: RewardRow,
  other: RewardRow,
  at: Date,
): Refused<'NotReturnable'> | null {
  const { status, offeredFrom, offeredUntil } = other;
  const isOffered =
    status === 'PUBLISHED' &&
    (offeredFrom === null || at >= offeredFrom) &&
    (offeredUntil === null || at < offeredUntil);
  if (!isOffered) return refused('NotReturnable', 'EXCHANGE_NOT_OFFERED');
  const differing = SAME.filter(
    (one) => JSON.stringify(redeemed[one]) !== JSON.stringify(other[one]),
  );
  return differing.length === 0
    ? null
    : refused('NotReturnable', 'EXCHANGE_DIFFERS', { differing: differing.join(', ') });
}
