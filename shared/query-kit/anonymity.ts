import type { ObjectLiteral } from 'typeorm';
import type { Database } from '../database/database.ts';
import { fault } from '../graphql/faults.ts';
import { toSafeInteger } from '../quantities.ts';
import { type Row, type Statement, select } from './facts.ts';
import { type GroupSpec, MEMBERS_MIN } from './group.ts';
import type { GroupKey } from './group-keys.ts';
import { compareValues } from './in-memory.ts';
import type { Filter } from './list.ts';

/** Groups are merged in memory, so there is a bound to them. A question that makes more is refused. */
export const MERGE_MAX = 100_000;

/** Throws FORBIDDEN for a filter that names single rows or members, which would undo the groups. */
export function assertOpenFilter(
  spec: Pick<GroupSpec<never>, 'openFilters'>,
  filter: Filter,
): void {
  for (const [name, value] of Object.entries(filter)) {
    if (name === 'and' || name === 'or') {
      for (const part of (value ?? []) as Filter[]) assertOpenFilter(spec, part);
    } else if (name === 'not') {
      assertOpenFilter(spec, (value ?? {}) as Filter);
    } else if (!spec.openFilters.includes(name)) {
      throw fault('FORBIDDEN', 'FILTER_NOT_FOR_ROLE', { field: name });
    }
  }
}

/** Also nobody at all is too few: else the answer would tell none from some. */
export function assertEnoughMembers(members: number): void {
  if (members < MEMBERS_MIN) {
    throw fault('FORBIDDEN', 'TOO_FEW_MEMBERS', { min: MEMBERS_MIN });
  }
}

type Merging = Readonly<{
  database: Pick<Database, 'reader' | 'dialect'>;
  /** Columns `keys`, `member` and `value0`, … */
  facts: Statement;
  keys: readonly GroupKey[];
  timeLimitMs: number;
  mergeMax: number;
}>;

/** A group in memory: its keys, `n` rows, `m` members, sums, and the members themselves when few. */
type Group = Readonly<{
  keys: readonly (string | number)[];
  n: number;
  m: number;
  sums: readonly bigint[];
  members: readonly string[];
}>;

/**
 * The groups of `facts` with those of too few members merged into one, whose keys are blank and whose
 * members are counted anew. When the merged ones have too few members even together, they take in the
 * smallest of the others; that is enough, since it has enough alone. Smallest is by (members, keys), so
 * each page merges the same. One statement, so that all is of one moment: members of a small group come
 * with it, and no engine joins the facts to their groups. One more when another group is taken in.
 * Throws FORBIDDEN when there are too few members altogether.
 */
export async function readMergedGroups<Entity extends ObjectLiteral>(
  spec: GroupSpec<Entity>,
  merging: Merging,
): Promise<Row[]> {
  const groups = await readAll(Object.keys(spec.measures).length, merging);
  const isSmall = ({ m }: Group) => m < MEMBERS_MIN;
  const small = groups.filter(isSmall);
  const large = groups.filter((group) => !isSmall(group));
  const members = new Set(small.flatMap((group) => group.members));
  if (large.length === 0) assertEnoughMembers(members.size);
  if (small.length === 0) return large.map((group) => rowOf(merging.keys, group, 0));
  let count = members.size;
  if (count < MEMBERS_MIN) {
    const next = large.reduce((least, group) => (compareSizes(group, least) < 0 ? group : least));
    small.push(next);
    large.splice(large.indexOf(next), 1);
    count += next.m - (await countAmong([...members], next, merging));
  }
  const rest = {
    keys: merging.keys.map(({ isText }) => (isText ? '' : 0)),
    n: small.reduce((sum, { n }) => sum + n, 0),
    m: count,
    sums: Object.keys(spec.measures).map((_, index) =>
      small.reduce((sum, { sums }) => sum + (sums[index] ?? 0n), 0n),
    ),
    members: [],
  };
  return [...large.map((group) => rowOf(merging.keys, group, 0)), rowOf(merging.keys, rest, 1)];
}

async function readAll(
  measures: number,
  { database, facts, keys, timeLimitMs, mergeMax }: Merging,
): Promise<Group[]> {
  const names = keys.map(({ name }) => name).join(', ');
  const indexes = Array.from({ length: measures }, (_, index) => index);
  const sums = indexes.map((index) => `SUM(value${index}) AS sum${index}`);
  const shown = indexes.map((index) => `CAST(grouped.sum${index} AS CHAR) AS sum${index}`);
  const rows = await select(
    database,
    {
      sql: `${[names, 'n', 'm', 'members', ...shown].join(', ')}
        FROM (SELECT ${[names, ...sums].join(', ')}, COUNT(*) AS n, COUNT(DISTINCT member) AS m,
            CASE WHEN COUNT(DISTINCT member) < ${MEMBERS_MIN} THEN GROUP_CONCAT(DISTINCT member) END
              AS members
          FROM (${facts.sql}) AS facts GROUP BY ${names}) AS grouped
        LIMIT ${mergeMax + 1}`,
      parameters: facts.parameters,
    },
    timeLimitMs,
  );
  if (rows.length > mergeMax) throw fault('BAD_USER_INPUT', 'QUESTION_TOO_LARGE');
  return rows.map((row) => ({
    keys: keys.map(({ name, isText }) => (isText ? String(row[name]) : toSafeInteger(row[name]))),
    n: toSafeInteger(row.n),
    m: toSafeInteger(row.m),
    sums: indexes.map((index) => BigInt(String(row[`sum${index}`] ?? 0))),
    members: membersOf(row),
  }));
}

/** Engines separate them by a comma, which is in no id, and cut a list of more than 1024 bytes. */
function membersOf({ m, members }: Row): string[] {
  if (toSafeInteger(m) >= MEMBERS_MIN) return [];
  const all = String(members).split(',');
  if (all.length === toSafeInteger(m)) return all;
  throw new Error('Broken invariant: a small group names each of its members');
}

const compareSizes = (a: Group, b: Group): number => a.m - b.m || compareValues(a.keys, b.keys);

/** How many of these members a group has. */
async function countAmong(
  members: readonly string[],
  group: Group,
  { database, facts, keys, timeLimitMs }: Merging,
): Promise<number> {
  const isOfGroup = keys.map(({ name }, index) => `${name} = :next${index}`);
  const values = group.keys.map((value, index) => [`next${index}`, value]);
  const statement = {
    sql: `COUNT(DISTINCT member) AS m FROM (${facts.sql}) AS facts
      WHERE ${isOfGroup.join(' AND ')} AND member IN (:...members)`,
    parameters: { ...facts.parameters, ...Object.fromEntries(values), members },
  };
  const [row] = await select(database, statement, timeLimitMs);
  return toSafeInteger(row?.m);
}

/** As the engine answers groups that are not merged. Extremes are those of one member. */
const rowOf = (keys: readonly GroupKey[], group: Group, suppressed: 0 | 1): Row => ({
  ...Object.fromEntries(keys.map(({ name }, index) => [name, group.keys[index]])),
  ...Object.fromEntries(group.sums.map((sum, index) => [`sum${index}`, sum])),
  suppressed,
  n: group.n,
  m: group.m,
});
