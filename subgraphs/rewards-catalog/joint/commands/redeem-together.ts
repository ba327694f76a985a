import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  type InvalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { readTerms } from '../../aftersales/queries/read-terms.ts';
import { tierPricesOf } from '../../commands/record-redemption.ts';
import { OWN_TURN_MS } from '../../domain/redemption.ts';
import { priceOf } from '../../domain/reward.ts';
import { Reward, type RewardRow } from '../../entities/reward.ts';
import { askedOf } from '../../offers/commands/conditions.ts';
import type { Facts, OfferRefusal } from '../../offers/domain/conditions.ts';
import { unitPrice } from '../../offers/domain/price.ts';
import { Slot } from '../../offers/entities/slot.ts';
import { refuseConditions } from '../../offers/queries/read-conditions.ts';
import type { Standing } from '../../queries/standing.ts';
import type { RedeemTogetherInput } from '../../schema.generated.ts';
import { checkParts, checkSum, holdMinutesOf } from '../domain/joint.ts';
import { refuseInvitations } from '../queries/refuse-invitations.ts';

export type JointRecorded = Readonly<{ kind: 'JointRecorded'; jointId: string }>;

export type RecordJointOutcome =
  | JointRecorded
  | InvalidInput
  | NotFound
  | OfferRefusal
  | Refused<'RewardNotAvailable' | 'SoldOut' | 'NotInvitable'>;

/** What other subgraphs said just before. */
export type JointFacts = Readonly<{
  member: Standing;
  merchant: Standing;
  offer: Facts;
  /** Whether each of the others is an active member. */
  areOthersActive: boolean;
}>;

const HOUR_MS = 60 * 60 * 1000;
const HOURS = 24;

export const hoursOf = ({ validHours }: RedeemTogetherInput): number => validHours ?? HOURS;

/**
 * Writes down who is to pay what (S47). Nothing is taken from the stock before all have accepted, so that nobody keeps
 * it from others with invitations. The price is that of her who starts it. Which of the others cannot be invited, and
 * why, is not told: it would say who is a member, and who does not want to be asked.
 */
export const recordJoint = ({ member, merchant, offer, areOthersActive }: JointFacts) =>
  // The frame scopes keys by the name of the function.
  async function redeemTogether(
    work: Work,
    input: RedeemTogetherInput,
  ): Promise<RecordJointOutcome> {
    const wrong = checkParts({ ...input, validHours: hoursOf(input) });
    if (wrong !== null) return wrong;
    const asked = { ...askedOf(input), purchaseId: null };
    const reward = await work.manager.findOneBy(Reward, { id: input.rewardId });
    if (reward === null) return notFound('REWARD_NOT_FOUND');
    if (member !== 'ACTIVE') return notFound('MEMBER_NOT_FOUND');
    if (merchant !== 'ACTIVE') return refused('RewardNotAvailable', 'MERCHANT_SUSPENDED');
    if (reward.kind === 'BILL_OFFSET') return refused('RewardNotAvailable', 'PAYS_AT_TILL_ONLY');
    if (reward.status !== 'PUBLISHED') return refused('RewardNotAvailable', 'REWARD_DELISTED');
    if (isForOne(reward)) return refused('RewardNotAvailable', 'JOINT_NOT_FOR_THIS');
    const each = unitPrice(reward.points, await tierPricesOf(work, reward), offer.tiers).points;
    const price = priceOf(each, asked.quantity);
    if (typeof price !== 'number') return price;
    const uneven = checkSum(input.parts, price);
    if (uneven !== null) return uneven;
    const no = await refuseConditions(work.manager, reward, { asked, facts: offer, at: work.at });
    if (no !== null) return no;
    if (reward.stock !== null && reward.stock < asked.quantity) {
      return refused('SoldOut', 'SOLD_OUT');
    }
    const unwanted = await refuseInvitations(work, input, areOthersActive);
    if (unwanted !== null) return unwanted;

    // From here on the command must succeed.
    return { kind: 'JointRecorded', jointId: await writeJoint(work, input, reward, price) };
  };

/** A certificate of a donation names one; a bill is that of who stands at the till; an order is one member's. */
const isForOne = ({ kind }: RewardRow): boolean =>
  kind === 'DONATION' || kind === 'BILL_OFFSET' || kind === 'UPGRADE';

async function writeJoint(
  work: Work,
  input: RedeemTogetherInput,
  { id: rewardId, merchantId, unit, offeredUntil }: RewardRow,
  price: number,
): Promise<string> {
  const { memberId } = input;
  const at = work.at.getTime();
  const asked = at + hoursOf(input) * HOUR_MS;
  // Nobody can accept once it is not offered any more, or the time has begun that is to be booked.
  const slot =
    input.slotId == null ? null : await work.manager.findOneBy(Slot, { id: input.slotId });
  const ends = [offeredUntil, slot?.from].flatMap((end) => end?.getTime() ?? []);
  const expiresMs = Math.min(asked, ...ends);
  const { fulfilHours } = await readTerms(work.manager, rewardId);
  const holdMinutes = holdMinutesOf(work.at, new Date(expiresMs), fulfilHours);
  const jointId = work.newId();
  await insertRows(
    work.manager,
    'rewards_joint',
    [
      ...['id', 'initiator_id', 'reward_id', 'merchant_id', 'quantity', 'points', 'unit'],
      ...['slot_id', 'state', 'requested_ms', 'expires_ms', 'hold_minutes'],
      ...['attempts', 'next_attempt_ms'],
    ],
    [
      [
        ...[jointId, memberId, rewardId, merchantId, input.quantity ?? 1, price, unit],
        ...[input.slotId ?? null, 'STARTED', at, expiresMs, holdMinutes, 0, at + OWN_TURN_MS],
      ],
    ],
  );
  const herFirst = input.parts.toSorted(
    (one, other) => Number(other.memberId === memberId) - Number(one.memberId === memberId),
  );
  await insertRows(
    work.manager,
    'rewards_joint_part',
    [
      ...['id', 'joint_id', 'part_number', 'member_id', 'points', 'region', 'state', 'tries'],
      ...['refusals', 'returned'],
    ],
    herFirst.map((part, index) => [
      ...[work.newId(), jointId, index + 1, part.memberId, part.points],
      ...(index === 0 ? [input.region ?? null, 'ACCEPTING', 1] : [null, 'INVITED', 0]),
      ...['{}', 0],
    ]),
  );
  return jointId;
}
