import type { Dialect } from '../database/dialect.ts';
import { instantOf, type Offset } from './zones.ts';

export const timeBuckets = ['HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const;

/** A stretch of the calendar. A week begins on Monday (ISO 8601). */
export type TimeBucket = (typeof timeBuckets)[number];

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** 1 January 1970 was a Thursday, so its week began three days before. */
const SINCE_MONDAY_MS = 3 * DAY_MS;

/**
 * SQL of the bucket in which an instant (`column`, milliseconds) falls, as an integer that grows with
 * time: of an hour its first instant, of a day or week the first moment on the clocks as if they were
 * UTC, of longer ones the months since the year 0. `startOfBucket` makes an instant of it.
 */
export function bucketSql(
  bucket: TimeBucket,
  {
    column,
    offsets,
    dialect,
  }: Readonly<{ column: string; offsets: readonly Offset[]; dialect: Dialect }>,
): string {
  const local = `( ${column} + ${offsetSql(column, offsets)} )`;
  switch (bucket) {
    // An hour that the clocks show twice is two hours.
    case 'HOUR':
      return `( ${column} - ${local} % ${HOUR_MS})`;
    case 'DAY':
      return `(${local} - ${local} % ${DAY_MS})`;
    case 'WEEK':
      return `(${local} - (${local} + ${SINCE_MONDAY_MS}) % ${WEEK_MS})`;
    default: {
      const month = dialect.monthOf(local);
      return `(${month} - ${month} % ${monthsOf[bucket]})`;
    }
  }
}

/** The first instant of a bucket. `offsets` reach back to it. */
export function startOfBucket(bucket: TimeBucket, value: number, offsets: readonly Offset[]): Date {
  if (bucket === 'HOUR') return new Date(value);
  if (bucket === 'DAY' || bucket === 'WEEK') return new Date(instantOf(value, offsets));
  return new Date(instantOf(Date.UTC(Math.floor(value / 12), value % 12, 1), offsets));
}

const monthsOf = { MONTH: 1, QUARTER: 3, YEAR: 12 } as const;

/** Numbers of our own making, so they may stand in the text. */
function offsetSql(column: string, offsets: readonly Offset[]): string {
  const cases = offsets.slice(0, -1).map(({ offsetMs }, index) => {
    const endMs = offsets[index + 1]?.fromMs;
    return `WHEN ${column} < ${endMs} THEN ${offsetMs}`;
  });
  const last = offsets.at(-1)?.offsetMs ?? 0;
  return cases.length === 0 ? `${last}` : `(CASE ${cases.join(' ')} ELSE ${last} END)`;
}
