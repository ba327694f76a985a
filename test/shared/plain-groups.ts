import type { TimeBucket } from '../../shared/query-kit/buckets.ts';
import { type GroupBy, MEMBERS_MIN } from '../../shared/query-kit/group.ts';
import type { Sale, Totals } from './grouping.ts';

/** The same question answered in plain code, which the SQL has to agree with. */
export type PlainGroup = Readonly<{
  keys: readonly (string | number)[];
  rows: readonly Sale[];
  suppressed: boolean;
  totals: Totals;
}>;

export function plainGroups(
  rows: readonly Sale[],
  groupBy: readonly GroupBy[],
  isAnonymous: boolean,
): PlainGroup[] {
  const groups = new Map<string, { keys: (string | number)[]; rows: Sale[] }>();
  for (const row of rows) {
    const keys = groupBy.map((by) => keyOf(row, by));
    const text = JSON.stringify(keys);
    const group = groups.get(text) ?? { keys, rows: [] };
    group.rows.push(row);
    groups.set(text, group);
  }
  const all = [...groups.values()].map((group) => plain(group.keys, group.rows, false));
  return isAnonymous ? merged(all, groupBy.length) : all;
}

/** Those of too few members as one; if they still are too few, with the smallest of the others. */
function merged(groups: readonly PlainGroup[], keys: number): PlainGroup[] {
  const bySize = groups.toSorted(
    (a, b) => a.totals.memberCount - b.totals.memberCount || compareKeys(a.keys, b.keys),
  );
  const small = bySize.filter(({ totals }) => totals.memberCount < MEMBERS_MIN);
  if (small.length === 0) return bySize;
  const blank = Array(keys).fill('');
  let rest = plain(
    blank,
    small.flatMap(({ rows }) => rows),
    true,
  );
  const others = bySize.slice(small.length);
  if (rest.totals.memberCount < MEMBERS_MIN) {
    rest = plain(blank, [...rest.rows, ...(others.shift()?.rows ?? [])], true);
  }
  return [...others, rest];
}

const plain = (
  keys: (string | number)[],
  rows: readonly Sale[],
  suppressed: boolean,
): PlainGroup => ({
  keys,
  rows,
  suppressed,
  totals: {
    count: rows.length,
    memberCount: new Set(rows.map(({ buyer }) => buyer)).size,
    pointsSum: rows.reduce((sum, { points }) => sum + points, 0),
  },
});

export const compareKeys = (
  a: readonly (string | number)[],
  b: readonly (string | number)[],
): number => {
  for (const [index, value] of a.entries()) {
    const other = b[index];
    if (other !== undefined && value !== other) return value < other ? -1 : 1;
  }
  return 0;
};

/** Text, or of a time the first instant of its bucket. */
function keyOf(row: Sale, { field, bucket, timeZone }: GroupBy): string | number {
  if (field === 'kind') return row.kind;
  if (field === 'shop') return row.shop ?? '';
  if (field === 'initial') return row.kind.slice(0, 1);
  return plainBucket(row.at, bucket ?? 'DAY', timeZone ?? 'Asia/Shanghai');
}

/** What clocks show, such as `2018-11-04 01:30:00`. */
function shown(zone: string, instantMs: number): string {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    formats.set(zone, format);
  }
  return format.format(instantMs);
}

const formats = new Map<string, Intl.DateTimeFormat>();
const starts = new Map<string, number>();
const QUARTER_HOUR_MS = 15 * 60 * 1000;

export function plainBucket(at: Date, bucket: TimeBucket, zone: string): number {
  const now = shown(zone, at.getTime());
  if (bucket === 'HOUR') {
    const [, minutes, seconds] = (now.split(' ')[1] ?? '').split(':').map(Number);
    const whole = Math.floor(at.getTime() / 1000) * 1000;
    return whole - ((minutes ?? 0) * 60 + (seconds ?? 0)) * 1000;
  }
  const [year = 0, month = 1, day = 1] = (now.split(' ')[0] ?? '').split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1, day));
  if (bucket === 'WEEK') first.setUTCDate(day - ((first.getUTCDay() + 6) % 7));
  if (bucket === 'MONTH') first.setUTCDate(1);
  if (bucket === 'QUARTER') first.setUTCMonth(Math.floor((month - 1) / 3) * 3, 1);
  if (bucket === 'YEAR') first.setUTCMonth(0, 1);
  return startOfDay(first, zone);
}

/** Looks at the clock every quarter of an hour until it shows the day. */
function startOfDay(day: Date, zone: string): number {
  const name = `${zone} ${day.toISOString()}`;
  let start = starts.get(name);
  if (start === undefined) {
    start = day.getTime() - 15 * 60 * 60 * 1000;
    while (shown(zone, start) < day.toISOString().slice(0, 10)) start += QUARTER_HOUR_MS;
    starts.set(name, start);
  }
  return start;
}
