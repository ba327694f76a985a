/**
 * Calendar days as integers `yyyymmdd`: they sort as they read, and are the same on every database.
 * The alliance keeps one calendar, that of China, which has had no daylight saving since 1991.
 */
export type Day = number;

/** A day that never comes: the expiry of points that do not expire. */
export const NEVER: Day = 99991231;

/** Where the alliance's calendar is kept. */
export const ZONE = 'Asia/Shanghai';

const OFFSET_MS = 8 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The day on the alliance's calendar (UTC+08:00) on which an instant falls. */
export function dayOf(instant: Date): Day {
  return fromUtc(new Date(instant.getTime() + OFFSET_MS));
}

/** The day of the week on the alliance's calendar: 1 is Monday, 7 is Sunday. */
export const weekdayOf = (instant: Date): number =>
  new Date(instant.getTime() + OFFSET_MS).getUTCDay() || 7;

/** The minute of the day on the alliance's calendar, from 0 to 1439. */
export function minuteOf(instant: Date): number {
  const local = new Date(instant.getTime() + OFFSET_MS);
  return local.getUTCHours() * 60 + local.getUTCMinutes();
}

/** When the day begins in which an instant falls, in milliseconds since 1970. */
export const startOfDay = (instant: Date): number => {
  const ms = instant.getTime();
  return ms - ((ms + OFFSET_MS) % DAY_MS);
};

/** When a day begins, in milliseconds since 1970. */
export const beginningOf = (day: Day): number => toUtc(day).getTime() - OFFSET_MS;

/** `2026-11-22` for 20261122. */
export function isoDay(day: Day): string {
  const text = String(day).padStart(8, '0');
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/** 20261122 for `2026-11-22`. */
export const parseIsoDay = (text: string): Day => Number(text.replaceAll('-', ''));

export function addDays(day: Day, days: number): Day {
  const date = toUtc(day);
  date.setUTCDate(date.getUTCDate() + days);
  return fromUtc(date);
}

/** How many days lie between two days; below zero when `to` is the earlier one. */
export const daysBetween = (from: Day, to: Day): number =>
  (toUtc(to).getTime() - toUtc(from).getTime()) / (24 * 60 * 60 * 1000);

/** Same day of a later month; 31 January plus one month is the last day of February. */
export function addMonths(day: Day, months: number): Day {
  const date = toUtc(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return fromUtc(date);
}

const toUtc = (day: Day): Date =>
  new Date(Date.UTC(Math.floor(day / 10000), (Math.floor(day / 100) % 100) - 1, day % 100));

const fromUtc = (date: Date): Day =>
  date.getUTCFullYear() * 10000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
