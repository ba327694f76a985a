import { checkText, type InvalidInput } from '../../../../shared/graphql/refusals.ts';
import type { RewardKind } from '../../domain/reward.ts';
import { checkDetails, type GivenDetails } from './check-details.ts';

type Maybe<Value> = Value | null | undefined;

/** What a merchant states about a reward beside title, price and terms. */
export type GivenOffer = Readonly<{
  kind: RewardKind;
  details?: Maybe<GivenDetails>;
  brand?: Maybe<string>;
  certificateNumber?: Maybe<string>;
}>;

const BRAND_MAX = 200;
const NUMBER_MAX = 64;

/** The first thing that is wrong with it at this instant, or null. */
export function checkOffer(offer: GivenOffer, at: Date): InvalidInput | null {
  const { kind, details, brand, certificateNumber } = offer;
  return (
    checkDetails(kind, details, at) ??
    (brand == null ? null : checkText('brand', brand, BRAND_MAX)) ??
    (certificateNumber == null
      ? null
      : checkText('certificateNumber', certificateNumber, NUMBER_MAX))
  );
}
