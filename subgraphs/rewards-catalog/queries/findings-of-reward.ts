import { WORDED_FINDING, type WordedFinding } from '../../../shared/graphql/law.ts';
import type { Peers } from '../../../shared/graphql/peers.ts';
import type { Call } from '../../../shared/graphql/request.ts';
import { termsOf } from '../aftersales/domain/terms.ts';
import { leastPoints } from '../offers/domain/check-offer.ts';
import type { PublishRewardInput } from '../schema.generated.ts';
import type { Seller } from './standing.ts';

type Asking = Readonly<{ peers: Peers }> & Pick<Call, 'requestId' | 'deadline'>;

/** The highest fee of a published programme (TV10). What keeps more is given back in name only. */
const FEE_PERCENT_MAX = 50;

const QUERY = `query ($input: ComplianceRewardInput!) { complianceOfReward(input: $input) { ${WORDED_FINDING} } }`;

/**
 * What the compliance guard says of a reward. What limits the offer for money is as stated; what nobody stated of
 * it limits nothing, but that it is good for as many days (S27, S30). Throws PeerFailure when merchants does not
 * answer.
 */
export async function findingsOfReward(
  { peers, requestId, deadline }: Asking,
  input: PublishRewardInput,
  { name }: Pick<Seller, 'name'>,
): Promise<readonly WordedFinding[]> {
  const { title, terms = null, kind, category = null, cashPrice, cashOffer } = input;
  const { merchantId } = input;
  const slots = input.details?.booking?.slots ?? null;
  const unit = input.unit ?? 'ALLIANCE';
  const validDays = input.validDays ?? 90;
  const asked = {
    ...{ title, terms, kind, category, points: leastPoints(input) },
    moneyMinor: input.cashPart?.amountMinor ?? 0,
    seller: input.seller ?? name,
    ...{ merchantId, unit, cashMinor: cashPrice.amountMinor, currency: cashPrice.currency },
    restrictions: {
      ...{ weekdays: input.weekdays ?? null, validDays, regions: input.regions ?? null },
      slots: slots === null ? null : slots.map(timesOf),
      // What keeps nearly all is never given back (S61, S64).
      hasAfterSales: termsOf(input).feePercent <= FEE_PERCENT_MAX,
    },
    cashRestrictions: {
      weekdays: cashOffer?.weekdays ?? null,
      regions: cashOffer?.regions ?? null,
      // What nobody stated is booked alike.
      slots: (cashOffer?.slots ?? slots)?.map(timesOf) ?? null,
      validDays: cashOffer?.validDays ?? validDays,
    },
  };
  type Answer = { complianceOfReward: WordedFinding[] };
  const call = { requestId, deadline };
  return (await peers.ask<Answer>('merchants', QUERY, { input: asked }, call)).complianceOfReward;
}

/** A time that can be booked, as the guard compares it. */
const timesOf = ({ from, until }: Readonly<{ from: Date; until: Date }>): string =>
  `${from.toISOString()}/${until.toISOString()}`;
