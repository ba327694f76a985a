import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import type { GivenOffer } from '../domain/check-offer.ts';
import { keepDetails } from '../domain/keep-details.ts';

/** The columns of `rewards_reward` that say what a checked offer states. */
export function offerColumns(offer: GivenOffer): Readonly<Record<string, unknown>> {
  const details = keepDetails(offer.details);
  return {
    details: details === null ? null : JSON.stringify(details),
    brand: offer.brand?.trim() ?? null,
    certificate_number: offer.certificateNumber?.trim() ?? null,
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
}
