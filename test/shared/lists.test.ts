import fc from 'fast-check';
import { EntitySchema } from 'typeorm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressUnder } from '../../shared/database/address.ts';
import { code, id, instant, integer } from '../../shared/database/columns.ts';
import { Database } from '../../shared/database/database.ts';
import { migration } from '../../shared/database/migrate.ts';
import { insertRows } from '../../shared/database/rows.ts';
import type { Filter, ListArguments, ListSpec } from '../../shared/query-kit/list.ts';
import { readPage } from '../../shared/query-kit/page.ts';
import { engines } from '../support/engines.ts';

type Row = Readonly<{ id: string; title: string; points: number; at: Date }>;

const Item = new EntitySchema<Row>({
  name: 'Item',
  tableName: 'test_item',
  columns: { id, title: code, points: integer, at: { ...instant, name: 'at_ms' } },
});

const spec: ListSpec<Row> = {
  type: 'Item',
  field: 'items',
  description: 'Items.',
  entity: Item,
  requires: [['PUBLIC']],
  fields: {
    id: { type: 'ID', isFilter: true },
    title: { type: 'String', isFilter: true, isOrder: true },
    points: { type: 'SafeInt', isFilter: true, isOrder: true },
    listedAt: { type: 'DateTime', property: 'at', isFilter: true, isOrder: true },
  },
  order: { field: 'listedAt', direction: 'DESC' },
};

const titles = ['100%', 'a_b', 'A_B', '中文', "o'neil", 'a!b', 'ab'];
const rows: Row[] = Array.from({ length: 60 }, (_, index) => ({
  id: `id-${String(index * 7919).padStart(6, '0')}`,
  title: titles[index % titles.length] as string,
  points: index % 5,
  at: new Date(1_000_000 + (index % 7) * 1000),
}));

/** The same filter over plain objects: what the compiled SQL has to agree with. */
function matches(row: Row, filter: Filter): boolean {
  return Object.entries(filter).every(([name, value]) => {
    if (name === 'and') return (value as Filter[]).every((part) => matches(row, part));
    if (name === 'or') return (value as Filter[]).some((part) => matches(row, part));
    if (name === 'not') return !matches(row, value as Filter);
    const actual = name === 'listedAt' ? row.at.getTime() : row[name as 'id' | 'title' | 'points'];
    return Object.entries(value as object).every(([test, given]) => holds(test, actual, given));
  });
}

function holds(test: string, actual: string | number, given: unknown): boolean {
  const value = given instanceof Date ? given.getTime() : given;
  if (test === 'eq') return actual === value;
  if (test === 'ne') return actual !== value;
  if (test === 'in') return (value as unknown[]).includes(actual);
  if (test === 'notIn') return !(value as unknown[]).includes(actual);
  if (test === 'gt') return Number(actual) > Number(value);
  if (test === 'gte') return Number(actual) >= Number(value);
  if (test === 'lt') return Number(actual) < Number(value);
  if (test === 'lte') return Number(actual) <= Number(value);
  if (test === 'startsWith') return String(actual).startsWith(String(value));
  return String(actual).includes(String(value));
}

const title = fc.constantFrom(...titles, 'zz');
const points = fc.integer({ min: -1, max: 6 });
const leaf: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ eq: title }).map((test) => ({ title: test })),
  fc.record({ ne: title }).map((test) => ({ title: test })),
  fc.record({ in: fc.array(title, { maxLength: 3 }) }).map((test) => ({ title: test })),
  fc.record({ notIn: fc.array(title, { maxLength: 3 }) }).map((test) => ({ title: test })),
  fc
    .constantFrom('0%', '_b', 'a_', "o'", '中文', '!b')
    .map((contains) => ({ title: { contains } })),
  fc.constantFrom('%', '_', 'a', '中', '').map((startsWith) => ({ title: { startsWith } })),
  fc.record({ gte: points, lt: points }).map((test) => ({ points: test })),
  fc
    .record({ gt: fc.integer({ min: 0, max: 8 }).map((s) => new Date(1_000_000 + s * 1000)) })
    .map((test) => ({ listedAt: test })),
  fc.constant({}),
);
const filter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map((and) => ({ and })),
    fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map((or) => ({ or })),
    tie('filter').map((not) => ({ not })),
  ),
})).filter;

const orderBy = fc.uniqueArray(
  fc.record({
    field: fc.constantFrom('title', 'points', 'listedAt'),
    direction: fc.constantFrom('ASC' as const, 'DESC' as const),
  }),
  { maxLength: 2, selector: ({ field }) => field },
);

describe.each(engines)('a list on $name', (engine) => {
  const url = engine.freshUrl();
  let database: Database;
  beforeAll(async () => {
    database = await Database.open({
      address: addressUnder(url, 'items'),
      entities: [Item],
      migrations: [
        migration('CreateItems1767225600001', [
          `CREATE TABLE test_item (id VARCHAR(64) NOT NULL PRIMARY KEY, title VARCHAR(64) NOT NULL,
            points BIGINT NOT NULL, at_ms BIGINT NOT NULL)`,
        ]),
      ],
    });
    await database.transaction((manager) =>
      insertRows(
        manager,
        'test_item',
        ['id', 'title', 'points', 'at_ms'],
        rows.map((row) => [row.id, row.title, row.points, row.at.getTime()]),
      ),
    );
  });
  afterAll(async () => {
    await database.close();
    await engine.remove(url);
  });

  const page = (args: ListArguments) =>
    readPage(spec, { reader: database.reader, cursorKey: 'k', args });

  test('any filter finds the rows that it describes', async () => {
    await fc.assert(
      fc.asyncProperty(filter, async (asked) => {
        const { nodes, totalCount } = await page({ filter: asked, first: 100 });
        const expected = rows.filter((row) => matches(row, asked));
        expect(nodes.map((row) => row.id).toSorted()).toEqual(
          expected.map((row) => row.id).toSorted(),
        );
        expect(await totalCount({ max: 1000 })).toBe(expected.length);
      }),
      { numRuns: 60 },
    );
  });

  test('pages in any order and size, forwards and backwards, give every row once', async () => {
    await fc.assert(
      fc.asyncProperty(orderBy, fc.integer({ min: 7, max: 40 }), async (order, size) => {
        const forwards: string[] = [];
        for (let after: string | null = null; ; ) {
          const { nodes, pageInfo } = await page({ orderBy: order, first: size, after });
          forwards.push(...nodes.map((row) => row.id));
          after = pageInfo.endCursor;
          if (!pageInfo.hasNextPage) break;
        }
        const backwards: string[] = [];
        for (let before: string | null = null; ; ) {
          const { nodes, pageInfo } = await page({ orderBy: order, last: size, before });
          backwards.unshift(...nodes.map((row) => row.id));
          before = pageInfo.startCursor;
          if (!pageInfo.hasPreviousPage) break;
        }
        expect(new Set(forwards).size).toBe(rows.length);
        expect(forwards).toHaveLength(rows.length);
        expect(backwards).toEqual(forwards);
      }),
      { numRuns: 15 },
    );
  });

  test.each([
    ['no page size', {}],
    ['a page of 0', { first: 0 }],
    ['a page of 101', { first: 101 }],
    ['both ends', { first: 1, last: 1 }],
    ['a negative page', { first: -1 }],
    ['an empty and', { first: 1, filter: { and: [] } }],
    ['null as a value', { first: 1, filter: { title: { eq: null } } }],
    ['contains of one character', { first: 1, filter: { title: { contains: 'a' } } }],
    ['501 values', { first: 1, filter: { id: { in: Array(501).fill('x') } } }],
    [
      'the same key of order twice',
      {
        first: 1,
        orderBy: [
          { field: 'points', direction: 'ASC' },
          { field: 'points', direction: 'DESC' },
        ],
      },
    ],
    ['three thousand empty conditions', { first: 1, filter: { and: Array(3000).fill({}) } }],
    ['a hundred empty lists', { first: 1, filter: { or: Array(100).fill({ id: { in: [] } }) } }],
    ['51 conditions', { first: 1, filter: { and: Array(51).fill({ points: { eq: 1 } }) } }],
    ['a filter six deep', { first: 1, filter: { not: { not: { not: { not: { not: {} } } } } } }],
    ['a cursor made up', { first: 1, after: 'eyJhIjoxfQ.abc' }],
  ])('%s is refused as bad input', async (_, args) => {
    await expect(page(args as ListArguments)).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test('a cursor of another order or filter is refused', async () => {
    const { pageInfo } = await page({ first: 5 });

    const other = page({ first: 5, after: pageInfo.endCursor, filter: { points: { eq: 1 } } });

    await expect(other).rejects.toMatchObject({ reason: 'INVALID_CURSOR' });
  });
});
