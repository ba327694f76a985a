import type { Peers } from '../../../shared/graphql/peers.ts';
import type { Call } from '../../../shared/graphql/request.ts';
import type { RewardFinding } from '../domain/law.ts';
import type { PublishRewardInput } from '../schema.generated.ts';
import type { Seller } from './standing.ts';

type Asking = Readonly<{ peers: Peers }> & Pick<Call, 'requestId' | 'deadline'>;

const QUERY = `query ($input: ComplianceRewardInput!) { complianceOfReward(input: $input) {
  check severity field messageZh messageEn alternativeZh alternativeEn sourceZh sourceEn } }`;

/**
 * What the compliance guard says of a reward. What limits the offer for money is as stated; what nobody stated of
 * it limits nothing, but that it is good for as many days (S27, S30). Throws PeerFailure when merchants does not
 * answer.
 */
export async function findingsOfReward(
  { peers, requestId, deadline }: Asking,
  input: PublishRewardInput,
  { name }: Pick<Seller, 'name'>,
): Promise<readonly RewardFinding[]> {
  const { title, terms = null, kind, category = null, points, cashPrice, cashOffer } = input;
  const { merchantId } = input;
  const unit = input.unit ?? 'ALLIANCE';
  const validDays = input.validDays ?? 90;
  const asked = {
    ...{ title, terms, kind, category, points },
    seller: input.seller ?? name,
    ...{ merchantId, unit, cashMinor: cashPrice.amountMinor, currency: cashPrice.currency },
    restrictions: { weekdays: input.weekdays ?? null, validDays },
    cashRestrictions: {
      weekdays: cashOffer?.weekdays ?? null,
      validDays: cashOffer?.validDays ?? validDays,
    },
  };
  type Answer = { complianceOfReward: RewardFinding[] };
  const call = { requestId, deadline };
  return (await peers.ask<Answer>('merchants', QUERY, { input: asked }, call)).complianceOfReward;
}
