import type { EntityManager, ObjectLiteral } from 'typeorm';
import type { Database } from '../database/database.ts';
import { isOutOfTime, isSumOverflow } from '../database/errors.ts';
import { fault } from '../graphql/faults.ts';
import { toSafeInteger } from '../quantities.ts';
import { compileFilter } from './filter.ts';
import type { Aggregate, GroupSpec } from './group.ts';
import type { GroupKey } from './group-keys.ts';
import type { Filter, ListSpec } from './list.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A statement with named parameters. */
export type Statement = Readonly<{ sql: string; parameters: Readonly<Record<string, unknown>> }>;

/** One row for each row that matches: its keys, `member`, and `value0`, … of the measures. */
export function factsOf<Entity extends ObjectLiteral>(
  spec: GroupSpec<Entity>,
  { reader, filter }: Readonly<{ reader: EntityManager; filter: Filter }>,
  keys: readonly Pick<GroupKey, 'name' | 'sql'>[],
): Statement {
  const where = compileFilter(spec.list as unknown as ListSpec<never>, filter);
  const query = reader
    .createQueryBuilder(spec.list.entity, 'row')
    .select(`row.${spec.member}`, 'member')
    .where(where.sql);
  for (const { name, sql } of keys) query.addSelect(sql, name);
  for (const [index, property] of Object.values(spec.measures).entries()) {
    query.addSelect(`row.${property}`, `value${index}`);
  }
  return { sql: query.getQuery(), parameters: where.parameters };
}

/** The columns of an aggregate over facts. */
export const totalsSql = (spec: Pick<GroupSpec<never>, 'measures'>): string =>
  [
    'COUNT(*) AS n, COUNT(DISTINCT member) AS m',
    ...Object.keys(spec.measures).map(
      (_, index) =>
        `SUM(value${index}) AS sum${index}, MIN(value${index}) AS min${index}, MAX(value${index}) AS max${index}`,
    ),
  ].join(', ');

/** The same columns of a sub-select, as text: a driver would round what it reads as a number. */
export const totalsAsText = (spec: Pick<GroupSpec<never>, 'measures'>, of: string): string =>
  ['n', 'm', ...Object.keys(spec.measures).flatMap((_, i) => [`sum${i}`, `min${i}`, `max${i}`])]
    .map((column) => `CAST(${of}.${column} AS CHAR) AS ${column}`)
    .join(', ');

/** The aggregate that a row of `totalsAsText` says. */
export function aggregateOf(spec: Pick<GroupSpec<never>, 'measures'>, row: Row): Aggregate {
  const integer = (value: unknown) => (value == null ? null : toSafeInteger(value));
  const measures = Object.keys(spec.measures).map((name, index) => [
    name,
    {
      sum: () => toSum(row[`sum${index}`] ?? 0),
      min: integer(row[`min${index}`]),
      max: integer(row[`max${index}`]),
    },
  ]);
  return {
    ...Object.fromEntries(measures),
    count: toSafeInteger(row.n),
    memberCount: toSafeInteger(row.m),
  };
}

/** A sum past the safe integers is the asker's to narrow down, and is never shown rounded. */
export function toSum(value: unknown): number {
  if (!Number.isSafeInteger(Number(value))) throw fault('BAD_USER_INPUT', 'SUM_TOO_LARGE');
  return toSafeInteger(value);
}

/**
 * Runs a SELECT, given without its first word, within a limit of time. On SQLite there is none, and
 * the process waits: it is for development only.
 */
export async function select(
  { reader, dialect }: Pick<Database, 'reader' | 'dialect'>,
  { sql, parameters }: Statement,
  timeLimitMs: number,
): Promise<Row[]> {
  const text = `${dialect.selectWithin(timeLimitMs)} ${sql}`;
  const escaped = reader.connection.driver.escapeQueryWithParameters(text, { ...parameters });
  try {
    return await reader.query<Row[]>(...escaped);
  } catch (error) {
    if (isOutOfTime(error)) throw fault('BAD_USER_INPUT', 'QUESTION_TOO_LARGE');
    if (isSumOverflow(error)) throw fault('BAD_USER_INPUT', 'SUM_TOO_LARGE');
    throw error;
  }
}
