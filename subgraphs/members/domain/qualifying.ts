import { z } from 'zod';
import { type Day, dayOf } from '../../../shared/calendar.ts';
import { sum } from '../../../shared/quantities.ts';

const id = z.string().min(1).max(64);
const points = z.number().int().nonnegative();
/** Without `qualifyingPoints`, which older events do not have, as many count as can be spent. */
const award = z.object({ unit: z.string(), points, qualifyingPoints: points.optional() });
const date = z.union([z.string(), z.number()]).pipe(z.coerce.date());

/** What this subgraph reads of `purchase.recorded`. */
export const purchaseRecorded = z.object({
  purchaseId: id,
  memberId: id,
  purchasedAt: date,
  awards: z.array(award),
});

/** What this subgraph reads of `purchase.awarded`: awards that were worked out later, once for a purchase. */
export const purchaseAwarded = purchaseRecorded;

/** What this subgraph reads of `purchase.returned`. */
export const purchaseReturned = z.object({
  returnId: id,
  purchaseId: id,
  memberId: id,
  reversed: z.array(award),
});

/** What this subgraph reads of `purchase.amended`: an order that was upgraded or corrected. */
export const purchaseAmended = z.object({
  amendmentId: id,
  purchaseId: id,
  memberId: id,
  purchasedAt: date,
  given: z.array(award),
  reversed: z.array(award),
});

type Award = Readonly<z.infer<typeof award>>;

/** Only what is earned in the unit that is good at every merchant counts for the tier. */
const qualifyingOf = (awards: readonly Award[]): number =>
  sum(
    awards
      .filter(({ unit }) => unit === 'ALLIANCE')
      .map(({ points, qualifyingPoints }) => qualifyingPoints ?? points),
  );

/** What counts for a tier from one event. Points of a return are negative. */
export type Qualified = Readonly<{
  cause: string;
  memberId: string;
  purchaseId: string;
  points: number;
  earnedOn: Day;
}>;

export const qualifiedByPurchase = (event: z.infer<typeof purchaseRecorded>): Qualified => ({
  cause: `purchase:${event.purchaseId}`,
  memberId: event.memberId,
  purchaseId: event.purchaseId,
  points: qualifyingOf(event.awards),
  earnedOn: dayOf(event.purchasedAt),
});

export const qualifiedLater = (event: z.infer<typeof purchaseAwarded>): Qualified => ({
  ...qualifiedByPurchase(event),
  cause: `late:${event.purchaseId}`,
});

export const qualifiedByAmendment = (event: z.infer<typeof purchaseAmended>): Qualified => ({
  cause: `amendment:${event.amendmentId}`,
  memberId: event.memberId,
  purchaseId: event.purchaseId,
  points: qualifyingOf(event.given) - qualifyingOf(event.reversed),
  earnedOn: dayOf(event.purchasedAt),
});

/** `earnedOn` is the day of the purchase, so that what was never earned never lifts a tier. */
export const qualifiedByReturn = (
  event: z.infer<typeof purchaseReturned>,
  earnedOn: Day,
): Qualified => ({
  cause: `return:${event.returnId}`,
  memberId: event.memberId,
  purchaseId: event.purchaseId,
  points: -qualifyingOf(event.reversed),
  earnedOn,
});
