import { ZONE } from '../calendar.ts';
import type { Dialect } from '../database/dialect.ts';
import { fault } from '../graphql/faults.ts';
import { toSafeInteger } from '../quantities.ts';
import { bucketSql, startOfBucket, type TimeBucket } from './buckets.ts';
import { type Dimension, GROUP_KEYS_MAX, type GroupBy, type GroupSpec } from './group.ts';
import { offsetsBetween } from './zones.ts';

/** One key of the groups: a column that is never null, and what it means. */
export type GroupKey = Readonly<{
  field: string;
  /** The column of the sub-selects. */
  name: string;
  /** SQL over `row.<property>`. */
  sql: string;
  /** Texts, of which the empty one stands for "none"; else integers. */
  isText: boolean;
  /** The value of the key in the graph. */
  show: (value: unknown) => unknown;
}>;

/** From the first to the last instant, both included, in milliseconds. */
export type Range = Readonly<{ fromMs: number; toMs: number }>;

export type KeyOptions = Readonly<{
  dialect: Dialect;
  /** Finds out between which instants the rows lie, when a bucket needs to know. */
  readRange: () => Promise<Range>;
}>;

/** Buckets begin before the rows in them: a year at most. */
const YEAR_MS = 366 * 24 * 60 * 60 * 1000;

/** The keys that are asked for, in their order. Throws BAD_USER_INPUT for ones that cannot be. */
export async function readKeys(
  spec: Pick<GroupSpec<never>, 'dimensions'>,
  groupBy: readonly GroupBy[],
  options: KeyOptions,
): Promise<GroupKey[]> {
  const fields = new Set(groupBy.map(({ field }) => field));
  if (groupBy.length < 1 || groupBy.length > GROUP_KEYS_MAX || fields.size < groupBy.length) {
    throw fault('BAD_USER_INPUT', 'INVALID_GROUP_KEYS', { max: GROUP_KEYS_MAX });
  }
  const keys: GroupKey[] = [];
  for (const [index, by] of groupBy.entries()) {
    // The schema lets no other names through.
    const dimension = spec.dimensions[by.field] as Dimension;
    const common = { field: by.field, name: `k${index}` };
    const column = dimension.sql ?? `row.${dimension.property ?? by.field}`;
    if (dimension.type === 'DateTime') {
      keys.push({ ...common, ...(await timeKey(by, column, options)) });
      continue;
    }
    if (by.bucket != null || by.timeZone != null) {
      throw fault('BAD_USER_INPUT', 'BUCKET_NOT_USABLE', { field: by.field });
    }
    // Null would be equal to nothing in an order: what is missing is the empty text.
    keys.push({
      ...common,
      sql: `COALESCE( ${column} , '')`,
      isText: true,
      show: shown(dimension),
    });
  }
  return keys;
}

async function timeKey(
  { field, bucket, timeZone }: GroupBy,
  column: string,
  { dialect, readRange }: KeyOptions,
): Promise<Pick<GroupKey, 'sql' | 'isText' | 'show'>> {
  if (bucket == null) throw fault('BAD_USER_INPUT', 'BUCKET_NEEDED', { field });
  const zone = timeZone ?? ZONE;
  // A zone that does not exist costs no statement.
  offsetsBetween(zone, 0, 0);
  const { fromMs, toMs } = await readRange();
  const offsets = offsetsBetween(zone, fromMs - YEAR_MS, toMs);
  const usable: TimeBucket = bucket;
  return {
    sql: bucketSql(usable, { column, offsets, dialect }),
    isText: false,
    show: (value) => startOfBucket(usable, toSafeInteger(value), offsets),
  };
}

const shown =
  ({ type }: Dimension) =>
  (value: unknown): unknown => {
    if (value === '') return null;
    return typeof type === 'object' && 'reference' in type ? { id: String(value) } : String(value);
  };
