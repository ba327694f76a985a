import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { fault } from '../graphql/faults.ts';
import { toSafeInteger } from '../quantities.ts';
import { beyond, type Direction } from './beyond.ts';
import { Cursors } from './cursor.ts';
import { type Condition, compileFilter } from './filter.ts';
import { invalidFilter } from './invalid-filter.ts';
import { type ListArguments, type ListSpec, type Order, PAGE_SIZE_MAX, type Page } from './list.ts';

export type Asked = Readonly<{
  reader: EntityManager;
  cursorKey: string;
  args: ListArguments;
  /** Which rows the caller may see: a condition on `row.<property>`, always applied. */
  visible?: Condition;
  /**
   * What arguments of its own ask for: a cursor is bound to their `values`, and outlives what the `condition` makes of
   * them, such as a balance.
   */
  more?: Readonly<{ values: Readonly<Record<string, unknown>>; condition: Condition }>;
  /** Values that fields with an expression of their own name, such as the time. A cursor outlives them. */
  parameters?: Readonly<Record<string, unknown>>;
  /** The only index that MySQL may use, where it would take a worse one. SQLite chooses by itself. */
  onlyIndex?: string;
}>;

/** Reads one page of a list with a single statement. Throws BAD_USER_INPUT for unusable arguments. */
export async function readPage<Row extends ObjectLiteral>(
  spec: ListSpec<Row>,
  { reader, cursorKey, args, visible, more, parameters = {}, onlyIndex }: Asked,
): Promise<Page<Row>> {
  const size = pageSize(args);
  const isBackward = typeof args.last === 'number';
  const keys = orderKeys(spec, args.orderBy);
  const cursors = new Cursors(cursorKey, {
    field: spec.field,
    keys,
    filter: args.filter ?? null,
    visible: visible ?? null,
    ...(more && { more: more.values }),
  });
  const base = reader.createQueryBuilder(spec.entity, 'row').where('1 = 1');
  if (visible !== undefined) base.andWhere(visible.sql, visible.parameters);
  if (more !== undefined) base.andWhere(more.condition.sql, more.condition.parameters);
  if (args.filter) {
    const filter = compileFilter(spec as unknown as ListSpec<never>, args.filter);
    base.andWhere(filter.sql, { ...parameters, ...filter.parameters });
  }
  const walked = keys.map((key) => (isBackward ? { ...key, direction: turned(key) } : key));
  const from = isBackward ? args.before : args.after;
  const query = base.clone();
  if (from) {
    const places = walked.map(({ property, direction }) => ({ sql: `row.${property}`, direction }));
    const { sql, parameters } = beyond(places, cursors.decode(from));
    query.andWhere(sql, parameters);
  }
  for (const { property, direction } of walked) query.addOrderBy(`row.${property}`, direction);
  if (onlyIndex !== undefined) query.useIndex(onlyIndex);
  const found = await query.limit(size + 1).getMany();
  const hasMore = found.length > size;
  const rows = found.slice(0, size);
  if (isBackward) rows.reverse();
  return pageOf(rows, {
    cursorOf: (row) => cursors.encode(keys.map(({ property }) => plain(row[property]))),
    hasNextPage: isBackward ? Boolean(args.before) : hasMore,
    hasPreviousPage: isBackward ? hasMore : Boolean(args.after),
    count: (max) => countUpTo(reader, base, max),
  });
}

type Shape<Row> = Readonly<{
  cursorOf: (row: Row) => string;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  count: (max: number) => Promise<number>;
}>;

function pageOf<Row>(rows: readonly Row[], shape: Shape<Row>): Page<Row> {
  const edges = rows.map((node) => ({ node, cursor: shape.cursorOf(node) }));
  return {
    edges,
    nodes: rows,
    pageInfo: {
      hasNextPage: shape.hasNextPage,
      hasPreviousPage: shape.hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: ({ max }) => shape.count(max),
  };
}

/** How many are asked for: `first` or `last`. Throws BAD_USER_INPUT for anything else. */
export function pageSize({ first, last, after, before }: ListArguments): number {
  const size = first ?? last;
  const isOne = typeof first === 'number' ? last == null && before == null : after == null;
  if (typeof size !== 'number' || !isOne || size < 1 || size > PAGE_SIZE_MAX) {
    throw fault('BAD_USER_INPUT', 'INVALID_PAGE', { max: PAGE_SIZE_MAX });
  }
  return size;
}

const ORDER_KEYS_MAX = 3;

type Key = Readonly<{ property: string; direction: Direction }>;

function orderKeys(
  spec: ListSpec<never> | ListSpec<ObjectLiteral>,
  orderBy: readonly Order[] | null | undefined,
): Key[] {
  const asked = orderBy && orderBy.length > 0 ? orderBy : [spec.order];
  if (asked.length > ORDER_KEYS_MAX) {
    throw invalidFilter('TOO_MANY_ORDERS', { max: ORDER_KEYS_MAX });
  }
  const keys = asked.map(({ field, direction = 'ASC' }) => ({
    property: spec.fields[field]?.property ?? field,
    direction,
  }));
  if (new Set(keys.map(({ property }) => property)).size < keys.length) {
    throw invalidFilter('ORDER_REPEATED');
  }
  if (keys.some(({ property }) => property === 'id')) return keys;
  return [...keys, { property: 'id', direction: keys.at(-1)?.direction ?? 'ASC' }];
}

const turned = ({ direction }: Key): Direction => (direction === 'ASC' ? 'DESC' : 'ASC');

async function countUpTo<Row extends ObjectLiteral>(
  reader: EntityManager,
  base: SelectQueryBuilder<Row>,
  max: number,
): Promise<number> {
  if (max < 1 || max > 1_000_000) {
    throw fault('BAD_USER_INPUT', 'INVALID_PAGE', { max: 1_000_000 });
  }
  const [sql, parameters] = base.clone().select('row.id').limit(max).getQueryAndParameters();
  const [row] = await reader.query<{ n: unknown }[]>(
    `SELECT COUNT(*) AS n FROM (${sql}) AS counted`,
    parameters,
  );
  return toSafeInteger(row?.n);
}

const plain = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value);
