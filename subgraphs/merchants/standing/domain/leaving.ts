import { addDays, type Day, dayOf } from '../../../../shared/calendar.ts';
import { LEAVE_NOTICE_DAYS_MIN } from './contract.ts';
import { beginOf } from './document.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The first day on which a merchant may take part no longer when it says so now. Its notice is so many whole
 * days, at least the 30 of the Electronic Commerce Law, art. 16 (R11).
 */
export function earliestLeave(
  now: Date,
  agreedDays: number,
): Readonly<{ day: Day; noticeDays: number }> {
  const noticeDays = Math.max(agreedDays, LEAVE_NOTICE_DAYS_MIN);
  const day = addDays(dayOf(now), noticeDays);
  const isWhole = beginOf(day).getTime() >= now.getTime() + noticeDays * DAY_MS;
  return { day: isWhole ? day : addDays(day, 1), noticeDays };
}
