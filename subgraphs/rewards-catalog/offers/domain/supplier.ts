import { beginningOf, type Day, dayOf, parseIsoDay } from '../../../../shared/calendar.ts';
import { checkText, type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';
import { isCreditCode } from './check-details.ts';

type Maybe<Value> = Value | null | undefined;

/** By what right a reward bears a brand. */
export type BrandAuthorisation = Readonly<{
  grantor: string;
  number: string;
  /** The last day on which it holds. */
  until: Day;
}>;

/** Who stands for a reward, and for its brand, as a merchant states it. */
export type GivenSupplier = Readonly<{
  /** Missing: the merchant, which is known by its onboarding. */
  seller?: Maybe<string>;
  sellerCode?: Maybe<string>;
  brand?: Maybe<string>;
  brandAuthorisation?: Maybe<Readonly<{ grantor: string; number: string; until: string }>>;
  offeredUntil?: Maybe<Date>;
}>;

const GRANTOR_MAX = 200;
const NUMBER_MAX = 64;

/**
 * A seller other than the merchant is named with the code of its registration, so that members know who answers for
 * the reward (S65, R14). An authorisation belongs to a brand, holds at this instant, and for as long as the reward
 * is offered.
 */
export function checkSupplier(given: GivenSupplier, at: Date): InvalidInput | null {
  const { seller, sellerCode } = given;
  if (seller == null && sellerCode != null) return invalidInput('SELLER_NOT_NAMED', 'seller');
  if (seller != null && !isCreditCode(sellerCode ?? '')) {
    return invalidInput('SELLER_NOT_IDENTIFIED', 'sellerCode');
  }
  return checkAuthorisation(given, at);
}

function checkAuthorisation(
  { brand, brandAuthorisation, offeredUntil }: GivenSupplier,
  at: Date,
): InvalidInput | null {
  if (brandAuthorisation == null) return null;
  if (brand == null) return invalidInput('BRAND_NOT_NAMED', 'brand');
  const { grantor, number, until } = brandAuthorisation;
  const field = 'brandAuthorisation';
  const wrong =
    checkText(`${field}.grantor`, grantor, GRANTOR_MAX) ??
    checkText(`${field}.number`, number, NUMBER_MAX);
  if (wrong !== null) return wrong;
  const last = parseIsoDay(until);
  if (last < dayOf(at)) return invalidInput('BRAND_AUTHORISATION_OVER', `${field}.until`);
  const isLonger = offeredUntil == null || offeredUntil.getTime() > beginningOf(last) + DAY_MS;
  return isLonger
    ? invalidInput('OFFERED_LONGER_THAN_AUTHORISED', 'offeredUntil', { day: until })
    : null;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** As it is kept: checked before. */
export function keepAuthorisation({
  brandAuthorisation,
}: GivenSupplier): BrandAuthorisation | null {
  if (brandAuthorisation == null) return null;
  const { grantor, number, until } = brandAuthorisation;
  return { grantor: grantor.trim(), number: number.trim(), until: parseIsoDay(until) };
}
