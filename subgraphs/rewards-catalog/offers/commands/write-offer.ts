import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { type GivenOffer, leastPoints } from '../domain/check-offer.ts';
import { keepDuringOrder } from '../domain/during-order.ts';
import { keepDetails } from '../domain/keep-details.ts';
import { keepAuthorisation } from '../domain/supplier.ts';
import { writeSearchTerms } from './write-terms.ts';

/** The columns of `rewards_reward` that say what a checked offer states. */
export function offerColumns(offer: GivenOffer): Readonly<Record<string, unknown>> {
  const details = keepDetails(offer.details);
  const authorisation = keepAuthorisation(offer);
  const duringOrder = keepDuringOrder(offer);
  return {
    details: details === null ? null : JSON.stringify(details),
    seller_code: offer.sellerCode ?? null,
    brand: offer.brand?.trim() ?? null,
    brand_authorisation: authorisation === null ? null : JSON.stringify(authorisation),
    certificate_number: offer.certificateNumber?.trim() ?? null,
    during_order: duringOrder === null ? null : JSON.stringify(duringOrder),
    offered_from_ms: offer.offeredFrom?.getTime() ?? null,
    offered_until_ms: offer.offeredUntil?.getTime() ?? null,
    regions: offer.regions == null ? null : `,${offer.regions.join(',')},`,
    min_tier: offer.minTier ?? null,
    limit_per_day: offer.limitPerDay ?? null,
    limit_in_all: offer.limitInAll ?? null,
    cash_part_minor: offer.cashPart?.amountMinor ?? null,
    least_points: leastPoints(offer),
    is_found: 1,
  };
}

/** Writes what a checked offer has in tables of its own. */
export async function writeOffer(work: Work, rewardId: string, offer: GivenOffer): Promise<void> {
  await insertRows(
    work.manager,
    'rewards_slot',
    ['id', 'reward_id', 'from_ms', 'until_ms', 'capacity', 'taken'],
    (offer.details?.booking?.slots ?? []).map(({ from, until, capacity }) => [
      ...[work.newId(), rewardId, from.getTime(), until.getTime(), capacity, 0],
    ]),
  );
  await insertRows(
    work.manager,
    'rewards_tier_price',
    ['reward_id', 'tier', 'points'],
    (offer.tierPrices ?? []).map(({ tier, points }) => [rewardId, tier, points]),
  );
  const { title, category, brand } = offer;
  await writeSearchTerms(work.manager, rewardId, {
    ...{ titleZh: title.zh, titleEn: title.en },
    ...{ category: category ?? null, brand: brand ?? null },
  });
}
