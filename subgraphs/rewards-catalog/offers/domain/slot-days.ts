import { addDays, type Day, dayOf } from '../../../../shared/calendar.ts';
import type { SlotRow } from '../entities/slot.ts';

type Times = Pick<SlotRow, 'from' | 'until'>;

/**
 * The first day of a time that was booked, and the first day after it, on the calendar of China; from today on when it
 * was booked after it began, and at least for today.
 */
export function slotDays({ from, until }: Times, at: Date): [from: Day, until: Day] {
  const last = dayOf(new Date(until.getTime() - 1));
  return [dayOf(from), addDays(Math.max(last, dayOf(at)), 1)];
}

/** Whether the place is taken for good: from then on nobody else can have it. Null: no time was booked. */
export const hasBegun = (slot: Pick<SlotRow, 'from'> | null, at: Date): boolean =>
  slot !== null && slot.from <= at;
