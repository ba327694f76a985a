/** What a member buys at one merchant, as far as she has agreed that it is looked at. */
export type Taste = Readonly<{ merchantId: string; categories: readonly string[] }>;

/** A reward that may be shown, with how often it was redeemed this month and last. */
export type Candidate = Readonly<{
  id: string;
  merchantId: string;
  category: string | null;
  publishedMs: number;
  redemptions: number;
}>;

/** Why a reward is shown: she often buys such goods there, she buys there, many redeem it, or it is there. */
export type Reason =
  | Readonly<{ kind: 'CATEGORY_BOUGHT'; category: string }>
  | Readonly<{ kind: 'MERCHANT_BOUGHT_AT' }>
  | Readonly<{ kind: 'WANTED'; redemptions: number }>
  | Readonly<{ kind: 'OFFERED' }>;

export type Chosen<Offer extends Candidate = Candidate> = Readonly<{
  offer: Offer;
  reason: Reason;
}>;

/**
 * In the order in which they are shown: what fits her taste, then what is redeemed most, then the newest. What she
 * buys at one merchant plays no part at another. Redemptions are told in whole tens, so fewer than ten are not told.
 */
export function choose<Offer extends Candidate>(
  offers: readonly Offer[],
  tastes: readonly Taste[],
): Chosen<Offer>[] {
  const byMerchant = new Map(tastes.map((taste) => [taste.merchantId, taste]));
  const chosen = offers.map((offer) => ({ offer, reason: reasonOf(offer, byMerchant) }));
  return chosen.toSorted(
    (a, b) =>
      fitOf(b.reason) - fitOf(a.reason) ||
      b.offer.redemptions - a.offer.redemptions ||
      b.offer.publishedMs - a.offer.publishedMs ||
      (a.offer.id < b.offer.id ? -1 : 1),
  );
}

function reasonOf(
  { merchantId, category, redemptions }: Candidate,
  byMerchant: ReadonlyMap<string, Taste>,
): Reason {
  const taste = byMerchant.get(merchantId);
  if (taste !== undefined && category !== null && taste.categories.includes(category)) {
    return { kind: 'CATEGORY_BOUGHT', category };
  }
  if (taste !== undefined) return { kind: 'MERCHANT_BOUGHT_AT' };
  return redemptions >= 10
    ? { kind: 'WANTED', redemptions: redemptions - (redemptions % 10) }
    : { kind: 'OFFERED' };
}

const fitOf = ({ kind }: Reason): number =>
  kind === 'CATEGORY_BOUGHT' ? 2 : kind === 'MERCHANT_BOUGHT_AT' ? 1 : 0;
