import { addDays, type Day, daysBetween, NEVER } from '../../../shared/calendar.ts';
import type { FreezeState } from './books.ts';
import type { LotKey } from './lot.ts';

/**
 * How many days a wallet lay frozen by one case that proves unfounded, from the day of the freeze up to
 * today. A day is given back once: what another unfounded case gave back already is not counted again.
 * A day on which a well-founded case froze the wallet as well is given back all the same.
 */
export function daysToGiveBack(
  freezes: readonly FreezeState[],
  { placedOn }: FreezeState,
  today: Day,
): number {
  const given = freezes
    .flatMap(({ placedOn: from, liftedOn: to, outcome }) =>
      to !== null && outcome === 'UNFOUNDED' ? [{ from, to }] : [],
    )
    .toSorted((a, b) => a.from - b.from);
  let days = 0;
  let from = placedOn;
  for (const part of given) {
    if (part.from > from) days += daysBetween(from, part.from);
    if (part.to > from) from = part.to;
  }
  return days + Math.max(0, daysBetween(from, today));
}

/** The lot with so many days more. What never lapses stays so, and nothing lapses later than never. */
export const longerBy = (key: LotKey, days: number): LotKey => ({
  ...key,
  expiresOn: key.expiresOn === NEVER ? NEVER : Math.min(NEVER, addDays(key.expiresOn, days)),
});
