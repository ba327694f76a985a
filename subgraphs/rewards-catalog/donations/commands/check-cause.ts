import { MoreThanOrEqual } from 'typeorm';
import { dayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { type Refused, refused } from '../../../../shared/graphql/refusals.ts';
import type { RewardRow } from '../../entities/reward.ts';
import { causeOf } from '../domain/donation.ts';
import { Charity } from '../entities/charity.ts';

/**
 * Refuses a donation to whom the register does not name, or whose qualification is over (S40, R32); null: it may be
 * redeemed, or is no donation.
 */
export async function checkCause(
  { manager, at }: Pick<Work, 'manager' | 'at'>,
  reward: Pick<RewardRow, 'kind' | 'details'>,
): Promise<Refused<'RewardNotAvailable'> | null> {
  if (reward.kind !== 'DONATION') return null;
  const registrationNumber = causeOf(reward)?.registrationNumber;
  if (registrationNumber === undefined) {
    return refused('RewardNotAvailable', 'CHARITY_NOT_QUALIFIED');
  }
  const isQualified = await manager.existsBy(Charity, {
    registrationNumber,
    state: 'CONFIRMED',
    qualifiedUntil: MoreThanOrEqual(dayOf(at)),
  });
  return isQualified ? null : refused('RewardNotAvailable', 'CHARITY_NOT_QUALIFIED');
}
