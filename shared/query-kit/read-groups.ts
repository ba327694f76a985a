import type { ObjectLiteral } from 'typeorm';
import type { Database } from '../database/database.ts';
import { fault } from '../graphql/faults.ts';
import { toSafeInteger } from '../quantities.ts';
import { assertEnoughMembers, assertOpenFilter, suppressedGroups } from './anonymity.ts';
import { beyond, type PlaceKey } from './beyond.ts';
import { Cursors } from './cursor.ts';
import {
  aggregateOf,
  factsOf,
  type Row,
  type Statement,
  select,
  toSum,
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
import { assertShort, isShort, rangeOf } from './time-range.ts';

/** Below the deadline of the gateway, so that the engine stops before nobody waits any more. */
const TIME_LIMIT_MS = 8000;
const ORDER_KEYS_MAX = 3;

export type GroupsAsked<Arguments> = Readonly<{
  database: Pick<Database, 'reader' | 'dialect'>;
  cursorKey: string;
  args: Arguments;
  /** The caller may see groups of enough members, and nothing of fewer. */
  isAnonymous: boolean;
  timeLimitMs?: number;
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
 * and the filter leaves it open; one more counts the members for a caller who sees only groups. A page
 * goes on behind the last group of the one before, so each comes once as long as no row is added.
 * Throws BAD_USER_INPUT for unusable arguments, FORBIDDEN as above.
 */
export async function readGroups<Entity extends ObjectLiteral>(
  spec: GroupSpec<Entity>,
  asked: GroupsAsked<GroupArguments>,
): Promise<GroupPage> {
  const { database, args, isAnonymous, timeLimitMs = TIME_LIMIT_MS } = asked;
  const size = pageSize(args);
  const filter = args.filter ?? {};
  const range = rangeOf(filter, spec.time);
  if (isAnonymous) {
    assertOpenFilter(spec, filter);
    assertShort(range, spec.time);
    await readAggregate(spec, { ...asked, args: { filter } });
  }
  const keys = await readKeys(spec, args.groupBy, {
    dialect: database.dialect,
    readRange: async () => (isShort(range) ? range : rowsRange(spec, asked)),
  });
  const places = placesOf(spec, keys, args.orderBy);
  const groups = groupsSql(spec, asked, keys);
  const cursors = new Cursors(asked.cursorKey, {
    field: `${spec.list.field}Groups`,
    groupBy: args.groupBy,
    places,
    filter,
    having: args.having ?? null,
    isAnonymous,
  });
  const after = args.after ? cursors.decode(args.after) : null;
  const statement = pageSql(spec, { groups, keys, places, size, after });
  const found = await select(database, statement, timeLimitMs);
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
    totalCount: async () => {
      const sql = `COUNT(*) AS n FROM ${groups.sql}`;
      const [row] = await select(database, { ...groups, sql }, timeLimitMs);
      return toSafeInteger(row?.n);
    },
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

/** The groups that `having` lets through, as what stands behind FROM: a sub-select `grouped`. */
function groupsSql<Entity extends ObjectLiteral>(
  spec: GroupSpec<Entity>,
  { database, args, isAnonymous }: GroupsAsked<GroupArguments>,
  keys: readonly GroupKey[],
): Statement {
  const facts = factsOf(spec, { reader: database.reader, filter: args.filter ?? {} }, keys);
  const names = keys.map(({ name }) => name).join(', ');
  const groups = isAnonymous
    ? suppressedGroups(
        facts.sql,
        keys,
        Object.keys(spec.measures).map((_, index) => `value${index}`),
      )
    : `SELECT ${names}, 0 AS suppressed, ${totalsSql(spec)}
       FROM (${facts.sql}) AS facts GROUP BY ${names}`;
  const fields = Object.fromEntries(
    Object.entries(aggregateColumns(spec)).map(([name, property]) => [
      name,
      { type: 'SafeInt' as const, property },
    ]),
  );
  const having = compileFilter({ fields }, args.having ?? {}, 'grouped');
  return {
    sql: `(${groups}) AS grouped WHERE ${having.sql}`,
    parameters: { ...facts.parameters, ...having.parameters },
  };
}

/** What groups may be chosen and ordered by, and its column. */
export const aggregateColumns = (
  spec: Pick<GroupSpec<never>, 'measures'>,
): Readonly<Record<string, string>> => ({
  count: 'n',
  memberCount: 'm',
  ...Object.fromEntries(
    Object.keys(spec.measures).map((name, index) => [`${name}Sum`, `sum${index}`]),
  ),
});

type Place = PlaceKey & Readonly<{ isText: boolean }>;

/** The total order: the merged group last, then what is asked for, then all keys. */
function placesOf(
  spec: Pick<GroupSpec<never>, 'measures'>,
  keys: readonly GroupKey[],
  orderBy: GroupArguments['orderBy'],
): Place[] {
  const asked = orderBy ?? [];
  if (asked.length > ORDER_KEYS_MAX) {
    throw fault('BAD_USER_INPUT', 'INVALID_FILTER', { detail: 'more than three keys of order' });
  }
  const columns = aggregateColumns(spec);
  const place = (field: string, direction: 'ASC' | 'DESC'): Place => {
    const column = columns[field];
    if (column !== undefined) return { sql: `grouped.${column}`, direction, isText: false };
    const key = keys.find((one) => one.field === field);
    if (key === undefined) throw fault('BAD_USER_INPUT', 'ORDER_NOT_GROUPED', { field });
    return { sql: `grouped.${key.name}`, direction, isText: key.blank === "''" };
  };
  return [
    { sql: 'grouped.suppressed', direction: 'ASC', isText: false },
    ...asked.map(({ field, direction = 'ASC' }) => place(field, direction)),
    ...keys
      .filter(({ field }) => !asked.some((one) => one.field === field))
      .map(({ field }) => place(field, 'ASC')),
  ];
}

type PageSql = Readonly<{
  groups: Statement;
  keys: readonly GroupKey[];
  places: readonly Place[];
  size: number;
  after: readonly unknown[] | null;
}>;

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

const valuesOf = (places: readonly Place[], row: Row): unknown[] =>
  places.map(({ isText }, index) => (isText ? row[`place${index}`] : toSum(row[`place${index}`])));

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
