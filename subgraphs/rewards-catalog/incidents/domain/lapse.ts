import { addDays, type Day, dayOf } from '../../../../shared/calendar.ts';
import type { Window } from './affected.ts';

/** Points of a member that could not be spent any more from `expiresOn` on. */
export type Lapse = Readonly<{ memberId: string; unit: string; expiresOn: Day; points: number }>;

/** From the first to the last day that began in the window, and on which points lapsed; null: none did. */
export function lapseDays({ from, until }: Window): Readonly<{ first: Day; last: Day }> | null {
  const [first, last] = [addDays(dayOf(from), 1), dayOf(until)];
  return first <= last ? { first, last } : null;
}
