import type { BaseContext } from '../../../../shared/graphql/context.ts';
import { Reward } from '../../entities/reward.ts';
import { askedOf } from '../../offers/commands/conditions.ts';
import { NO_FACTS, offerFacts } from '../../offers/queries/offer-facts.ts';
import { memberStanding, merchantStanding } from '../../queries/standing.ts';
import type { AcceptJointRedemptionInput, RedeemTogetherInput } from '../../schema.generated.ts';
import type { AcceptFacts } from '../commands/accept-joint.ts';
import { partsOf } from '../commands/lock-joint.ts';
import type { JointFacts } from '../commands/redeem-together.ts';
import { MEMBERS_MAX } from '../domain/joint.ts';
import { Joint } from '../entities/joint.ts';

type Asked = BaseContext<unknown, unknown>;

/** What members and merchants say before a joint redemption is written down. Throws PeerFailure during an outage. */
export async function startingFacts(
  context: Asked,
  input: RedeemTogetherInput,
): Promise<JointFacts> {
  const unknown = { member: null, merchant: null, offer: NO_FACTS, areOthersActive: false };
  const reward = await context.database.reader.findOneBy(Reward, { id: input.rewardId });
  if (reward === null || input.parts.length > MEMBERS_MAX) return unknown;
  const { memberId } = input;
  const others = new Set(input.parts.map((part) => part.memberId).filter((id) => id !== memberId));
  const asked = { ...askedOf(input), purchaseId: null };
  const [member, merchant, offer, ...standings] = await Promise.all([
    memberStanding(context, memberId),
    merchantStanding(context, reward.merchantId),
    offerFacts(context, reward, asked),
    ...[...others].map((id) => memberStanding(context, id)),
  ]);
  const areOthersActive = standings.every((standing) => standing === 'ACTIVE');
  return { member, merchant, offer, areOthersActive };
}

/** The same before one of them accepts. Of one that she has no part in nothing is asked. */
export async function acceptingFacts(
  context: Asked,
  { memberId, jointRedemptionId }: AcceptJointRedemptionInput,
): Promise<AcceptFacts> {
  const { reader } = context.database;
  const unknown = { member: null, merchant: null, offer: NO_FACTS };
  const joint = await reader.findOneBy(Joint, { id: jointRedemptionId });
  const parts = joint === null ? [] : await partsOf(reader, joint.id);
  if (joint === null || !parts.some((part) => part.memberId === memberId)) return unknown;
  const reward = await reader.findOneByOrFail(Reward, { id: joint.rewardId });
  const [member, merchant, offer] = await Promise.all([
    memberStanding(context, memberId),
    merchantStanding(context, joint.merchantId),
    offerFacts(context, reward, askedOf({ memberId, quantity: joint.quantity })),
  ]);
  return { member, merchant, offer };
}
