import type { Work } from '../../../../shared/commands/run-command.ts';
import { isCurrency } from '../../../../shared/currency.ts';
import { execute } from '../../../../shared/database/database.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  checkPositive,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type { Seller } from '../../queries/standing.ts';
import type {
  EndFirstOrderOfferInput,
  PublishFirstOrderOfferInput,
} from '../../schema.generated.ts';
import { FirstOrderOffer } from '../entities/first-order.ts';

export type FirstOrderOfferChanged = Readonly<{ kind: 'FirstOrderOfferChanged'; offerId: string }>;

const AMOUNT_MAX = 100_000_000;
const DAYS_MAX = 365;

/** A merchant offers something off the first order of whoever was invited. It bears it; no points are burnt. */
export const publishFirstOrderOffer = ({
  standing: merchant,
  currency,
}: Pick<Seller, 'standing' | 'currency'>) =>
  // The frame scopes keys by the name of the function.
  async function publishFirstOrderOffer(
    { manager, at, newId }: Work,
    { merchantId, face, threshold, validDays }: PublishFirstOrderOfferInput,
  ): Promise<FirstOrderOfferChanged | NotFound | Refused<'RewardNotAvailable'> | InvalidInput> {
    if (merchant === null) return notFound('MERCHANT_NOT_FOUND');
    if (merchant !== 'ACTIVE') return refused('RewardNotAvailable', 'SELLER_SUSPENDED');
    const wrong =
      checkPositive('face.amountMinor', face.amountMinor) ??
      (isCurrency(face.currency) && face.currency === threshold.currency
        ? null
        : invalidInput('FIRST_ORDER_CURRENCY', 'threshold.currency')) ??
      (currency === null || face.currency === currency
        ? null
        : invalidInput('CURRENCY_NOT_OF_CONTRACT', 'face.currency', { currency })) ??
      (threshold.amountMinor >= face.amountMinor && threshold.amountMinor <= AMOUNT_MAX
        ? null
        : invalidInput('FIRST_ORDER_THRESHOLD', 'threshold.amountMinor', { max: AMOUNT_MAX })) ??
      (validDays >= 1 && validDays <= DAYS_MAX
        ? null
        : invalidInput('FIRST_ORDER_DAYS', 'validDays', { max: DAYS_MAX }));
    if (wrong !== null) return wrong;

    // From here on the command must succeed.
    const id = newId();
    await manager.insert(FirstOrderOffer, {
      id,
      merchantId,
      faceMinor: face.amountMinor,
      thresholdMinor: threshold.amountMinor,
      currency: face.currency,
      validDays,
      publishedAt: at,
      endedAt: null,
    });
    return { kind: 'FirstOrderOfferChanged', offerId: id };
  };

/** Nobody takes it any more; what was taken stays good. A second time changes nothing. Throws FORBIDDEN for another's. */
export async function endFirstOrderOffer(
  { manager, at, caller }: Work,
  { offerId }: EndFirstOrderOfferInput,
): Promise<FirstOrderOfferChanged | NotFound> {
  const offer = await manager.findOneBy(FirstOrderOffer, { id: offerId });
  if (offer?.id !== offerId) return notFound('FIRST_ORDER_OFFER_NOT_FOUND');
  if (!actsForMerchant(caller, offer.merchantId)) throw fault('FORBIDDEN');

  // From here on the command must succeed.
  await execute(
    manager,
    'UPDATE rewards_first_order_offer SET ended_ms = ? WHERE id = ? AND ended_ms IS NULL',
    [at.getTime(), offerId],
  );
  return { kind: 'FirstOrderOfferChanged', offerId };
}
