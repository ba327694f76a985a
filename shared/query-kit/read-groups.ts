import type { ObjectLiteral } from 'typeorm';
import type { Database } from '../database/database.ts';
import { fault } from '../graphql/faults.ts';
import { toSafeInteger } from '../quantities.ts';
import { assertEnoughMembers, assertOpenFilter, MERGE_MAX, readMergedGroups } from './anonymity.ts';
import { beyond } from './beyond.ts';
import { Cursors } from './cursor.ts';
import {
  aggregateOf,
  factsOf,
  type Row,
  type Statement,
  select,
  totalsAsText,
  totalsSql,
} from './facts.ts';
import { compileFilter } from './filter.ts';
import {
  type Aggregate,
  GROUP_PAGE_MAX,
  type Group,
  type GroupArguments,
  type GroupPage,
  type GroupSpec,
} from './group.ts';
import { type GroupKey, type Range, readKeys } from './group-keys.ts';
import { isLetThrough, type Value } from './in-memory.ts';
import {
  aggregateColumns,
  comparePlaces,
  type Place,
  placeOf,
  placesOf,
  valuesOf,
} from './places.ts';
import { assertShort, isShort, rangeOf } from './time-range.ts';

/** Below the deadline of the gateway, so that the engine stops before nobody waits any more. */
const TIME_LIMIT_MS = 8000;

export type GroupsAsked<Arguments> = Readonly<{
  database: Pick<Database, 'reader' | 'dialect'>;
  cursorKey: string;
  args: Arguments;
  /** The caller may see groups of enough members, and nothing of fewer. */
  isAnonymous: boolean;
  timeLimitMs?: number;
  /** How many groups are merged at most. */
  mergeMax?: number;
}>;

/** All rows that match, as one. Throws BAD_USER_INPUT, and FORBIDDEN where there are too few members. */
export async function readAggregate<Entity extends ObjectLiteral>(
  spec: GroupSpec<Entity>,
  {
    database,
    args,
    isAnonymous,
    timeLimitMs = TIME_LIMIT_MS,
  }: GroupsAsked<Pick<GroupArguments, 'filter'>>,
): Promise<Aggregate> {
  const filter = args.filter ?? {};
  if (isAnonymous) assertOpenFilter(spec, filter);
  const facts = factsOf(spec, { reader: database.reader, filter }, []);
  const sql = `${totalsAsText(spec, 'total')}
    FROM (SELECT ${totalsSql(spec)} FROM (${facts.sql}) AS facts) AS total`;
  const [row = {}] = await select(database, { ...facts, sql }, timeLimitMs);
  if (!isAnonymous) return aggregateOf(spec, row);
  assertEnoughMembers(toSafeInteger(row.m));
  return aggregateOf(spec, withoutExtremes(row));
}

/**
 * One page of groups, with one statement. One more finds out the range of time when a bucket needs it
 * and the filter leaves it open. For a caller who sees only groups of enough members see
 * `readMergedGroups`. A page goes on behind the last group of the one before, so each comes once as
 * long as no row is added. Throws BAD_USER_INPUT for unusable arguments, FORBIDDEN as above.
 */
export async function readGroups<Entity extends ObjectLiteral>(
  spec: GroupSpec<Entity>,
  asked: GroupsAsked<GroupArguments>,
): Promise<GroupPage> {
  const { database, args, isAnonymous } = asked;
  const size = pageSize(args);
  const filter = args.filter ?? {};
  const range = rangeOf(filter, spec.time);
  if (isAnonymous) {
    assertOpenFilter(spec, filter);
    assertShort(range, spec.time);
  }
  const keys = await readKeys(spec, args.groupBy, {
    dialect: database.dialect,
    readRange: async () => (isShort(range) ? range : rowsRange(spec, asked)),
  });
  const places = placesOf(spec, keys, args.orderBy);
  const cursors = new Cursors(asked.cursorKey, {
    field: `${spec.list.field}Groups`,
    groupBy: args.groupBy,
    places,
    filter,
    having: args.having ?? null,
    isAnonymous,
  });
  const after = args.after ? cursors.decode(args.after) : null;
  const groups = isAnonymous
    ? await mergedGroups(spec, asked, keys)
    : groupsOfEngine(spec, asked, keys);
  const found = await groups.page({ places, size, after });
  const rows = found.slice(0, size);
  const cursorOf = (row: Row | undefined) => (row && cursors.encode(valuesOf(places, row))) ?? null;
  return {
    nodes: rows.map((row) => groupOf(spec, keys, row)),
    pageInfo: {
      hasNextPage: found.length > size,
      hasPreviousPage: after !== null,
      startCursor: cursorOf(rows[0]),
      endCursor: cursorOf(rows.at(-1)),
    },
    totalCount: groups.count,
  };
}

function pageSize({ first }: GroupArguments): number {
  if (typeof first === 'number' && first >= 1 && first <= GROUP_PAGE_MAX) return first;
  throw fault('BAD_USER_INPUT', 'INVALID_GROUP_PAGE', { max: GROUP_PAGE_MAX });
}

/** When the first and the last of the rows that match were, for a filter that does not say. */
async function rowsRange<Entity extends ObjectLiteral>(
  spec: GroupSpec<Entity>,
  { database, args, timeLimitMs = TIME_LIMIT_MS }: GroupsAsked<GroupArguments>,
): Promise<Range> {
  const at = { name: 'at', sql: `row.${spec.list.fields[spec.time]?.property ?? spec.time}` };
  const facts = factsOf(spec, { reader: database.reader, filter: args.filter ?? {} }, [at]);
  const sql = `MIN(facts.at) AS first, MAX(facts.at) AS last FROM (${facts.sql}) AS facts`;
  const [row] = await select(database, { ...facts, sql }, timeLimitMs);
  const [fromMs, toMs] = [toSafeInteger(row?.first ?? 0), toSafeInteger(row?.last ?? 0)];
  // Rows that are added before the groups are read fall into the last offset, or a change soon after.
  return { fromMs, toMs: toMs + 400 * 24 * 60 * 60 * 1000 };
}

type PageAsked = Readonly<{
  places: readonly Place[];
  size: number;
  after: readonly unknown[] | null;
}>;

/** The groups that `having` lets through. A page has one more than its size when others follow. */
type Groups = Readonly<{
  page: (asked: PageAsked) => Promise<Row[]>;
  count: () => Promise<number>;
}>;

/** Chosen, ordered and cut by the engine. */
function groupsOfEngine<Entity extends ObjectLiteral>(
  spec: GroupSpec<Entity>,
  { database, args, timeLimitMs = TIME_LIMIT_MS }: GroupsAsked<GroupArguments>,
  keys: readonly GroupKey[],
): Groups {
  const facts = factsOf(spec, { reader: database.reader, filter: args.filter ?? {} }, keys);
  const names = keys.map(({ name }) => name).join(', ');
  const having = compileFilter(havingOf(spec), args.having ?? {}, 'grouped');
  const groups = {
    sql: `(SELECT ${names}, 0 AS suppressed, ${totalsSql(spec)}
       FROM (${facts.sql}) AS facts GROUP BY ${names}) AS grouped WHERE ${having.sql}`,
    parameters: { ...facts.parameters, ...having.parameters },
  };
  return {
    page: (asked) => select(database, pageSql(spec, { ...asked, groups, keys }), timeLimitMs),
    count: async () => {
      const sql = `COUNT(*) AS n FROM ${groups.sql}`;
      const [row] = await select(database, { ...groups, sql }, timeLimitMs);
      return toSafeInteger(row?.n);
    },
  };
}

/** The same of groups that were merged, in memory. */
async function mergedGroups<Entity extends ObjectLiteral>(
  spec: GroupSpec<Entity>,
  {
    database,
    args,
    timeLimitMs = TIME_LIMIT_MS,
    mergeMax = MERGE_MAX,
  }: GroupsAsked<GroupArguments>,
  keys: readonly GroupKey[],
): Promise<Groups> {
  const having = args.having ?? {};
  // Only to say what is wrong with it.
  compileFilter(havingOf(spec), having, 'grouped');
  const facts = factsOf(spec, { reader: database.reader, filter: args.filter ?? {} }, keys);
  const all = await readMergedGroups(spec, { database, facts, keys, timeLimitMs, mergeMax });
  const columns = aggregateColumns(spec);
  const chosen = all.filter((row) =>
    isLetThrough(having, (field) => row[String(columns[field])] as Value),
  );
  return {
    page: async ({ places, size, after }) => {
      const placed = chosen.map((row) => ({
        ...row,
        ...Object.fromEntries(places.map(({ column }, index) => [`place${index}`, row[column]])),
      }));
      return placed
        .filter((row) => after === null || comparePlaces(places, row, after) > 0)
        .toSorted((a, b) => comparePlaces(places, a, placeOf(places, b)))
        .slice(0, size + 1);
    },
    count: async () => chosen.length,
  };
}

const havingOf = (spec: Pick<GroupSpec<never>, 'measures'>) => ({
  fields: Object.fromEntries(
    Object.entries(aggregateColumns(spec)).map(([name, property]) => [
      name,
      { type: 'SafeInt' as const, property },
    ]),
  ),
});

type PageSql = PageAsked & Readonly<{ groups: Statement; keys: readonly GroupKey[] }>;

function pageSql(
  spec: Pick<GroupSpec<never>, 'measures'>,
  { groups, keys, places, size, after }: PageSql,
): Statement {
  const columns = [
    'grouped.suppressed AS suppressed',
    ...keys.map(({ name }) => `grouped.${name} AS ${name}`),
    ...places.map(({ sql }, index) => `CAST(${sql} AS CHAR) AS place${index}`),
    totalsAsText(spec, 'grouped'),
  ];
  const from = after === null ? { sql: '1 = 1', parameters: {} } : beyond(places, after);
  const order = places.map(({ sql, direction }) => `${sql} ${direction}`);
  return {
    sql: `${columns.join(', ')} FROM ${groups.sql} AND (${from.sql})
      ORDER BY ${order.join(', ')} LIMIT ${size + 1}`,
    parameters: { ...groups.parameters, ...from.parameters },
  };
}

function groupOf(
  spec: Pick<GroupSpec<never>, 'measures'>,
  keys: readonly GroupKey[],
  row: Row,
): Group {
  const suppressed = toSafeInteger(row.suppressed) === 1;
  return {
    key: Object.fromEntries(
      keys.map(({ field, name, show }) => [field, suppressed ? null : show(row[name])]),
    ),
    aggregate: aggregateOf(spec, row),
    suppressed,
  };
}

/** The least and the most are those of one member. */
const withoutExtremes = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !/^(min|max)\d/.test(column)));
