import { timingSafeEqual } from 'node:crypto';
import { blindIndex } from '../../../../shared/secrets.ts';
import type { Context } from '../../context.ts';
import type { RedemptionRow } from '../../entities/redemption.ts';
import type { RewardRow } from '../../entities/reward.ts';
import {
  type Cause,
  causeOf,
  certificateNumber,
  codeDigits,
  redemptionOfNumber,
} from '../domain/donation.ts';
import type { CharityRow } from '../entities/charity.ts';

/** A donation is a redemption of such a reward, as long as it stands. */
export type Donation = Readonly<{ redemption: RedemptionRow; reward: RewardRow; cause: Cause }>;

/** The donation that a redemption is, or null. */
export async function donationOf(
  { loaders }: Pick<Context, 'loaders'>,
  redemption: RedemptionRow,
): Promise<Donation | null> {
  if (redemption.status !== 'COMPLETED' || redemption.returned === redemption.quantity) return null;
  const reward = await loaders.rewardById.load(redemption.rewardId);
  const cause = reward && causeOf(reward);
  return reward === null || cause === null ? null : { redemption, reward, cause };
}

const CODE_DIGITS = 16;

/** 16 hexadecimal digits (64 bits) that only this subgraph can make of the number of a certificate. */
export const codeOf = (keys: Context['keys'], redemptionId: string): string =>
  blindIndex(keys.personal, 'rewards_certificate', certificateNumber(redemptionId)).slice(
    0,
    CODE_DIGITS,
  );

/** The donation of a certificate, when the code is its own; null: it is not, or the donation was cancelled. */
export async function verifiedDonation(
  context: Context,
  { number, code }: Readonly<{ number: string; code: string }>,
): Promise<Donation | null> {
  const id = redemptionOfNumber(number);
  if (id === null) return null;
  const [own, given] = [Buffer.from(codeOf(context.keys, id)), Buffer.from(codeDigits(code))];
  if (own.length !== given.length || !timingSafeEqual(own, given)) return null;
  const redemption = await context.loaders.redemptionById.load(id);
  return redemption === null ? null : donationOf(context, redemption);
}

/** The entry of the register that held when it was donated, or else the last one that ever held. */
export async function charityOf(
  { loaders }: Pick<Context, 'loaders'>,
  { redemption, cause }: Donation,
): Promise<CharityRow | null> {
  const entries = await loaders.charitiesByNumber.load(cause.registrationNumber);
  const held = entries.filter(({ confirmedAt }) => confirmedAt !== null);
  const at = redemption.completedAt ?? redemption.requestedAt;
  const then = held.find(
    ({ confirmedAt, endedAt }) =>
      confirmedAt !== null && confirmedAt <= at && (endedAt === null || endedAt > at),
  );
  return then ?? held[0] ?? null;
}
