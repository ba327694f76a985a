import fc from 'fast-check';
import { EntitySchema } from 'typeorm';
import { id, instant, integer, nullable, reference } from '../../shared/database/columns.ts';
import { migration } from '../../shared/database/migrate.ts';
import type { TimeBucket } from '../../shared/query-kit/buckets.ts';
import type { GroupBy, GroupSpec } from '../../shared/query-kit/group.ts';
import type { Filter } from '../../shared/query-kit/list.ts';

export type Sale = Readonly<{
  id: string;
  kind: string;
  shop: string | null;
  buyer: string;
  points: number;
  at: Date;
}>;

export const SaleEntity = new EntitySchema<Sale>({
  name: 'Sale',
  tableName: 'test_sale',
  columns: {
    id,
    kind: reference,
    shop: nullable(reference),
    buyer: reference,
    points: integer,
    at: { ...instant, name: 'at_ms' },
  },
});

export const createSales = migration('CreateSales1767225600001', [
  `CREATE TABLE test_sale (id VARCHAR(64) NOT NULL PRIMARY KEY, kind VARCHAR(64) NOT NULL,
    shop VARCHAR(64) NULL, buyer VARCHAR(64) NOT NULL, points BIGINT NOT NULL, at_ms BIGINT NOT NULL)`,
]);

export const spec: GroupSpec<Sale> = {
  list: {
    type: 'Sale',
    field: 'sales',
    description: 'Sales.',
    entity: SaleEntity,
    requires: [['PUBLIC']],
    fields: {
      id: { type: 'ID', isFilter: true },
      kind: { type: 'String', isFilter: true },
      shopId: { type: 'ID', property: 'shop', isFilter: true },
      buyerId: { type: 'ID', property: 'buyer', isFilter: true },
      points: { type: 'SafeInt', isFilter: true },
      soldAt: { type: 'DateTime', property: 'at', isFilter: true, isOrder: true },
    },
    order: { field: 'soldAt', direction: 'DESC' },
  },
  requires: [['PUBLIC']],
  member: 'buyer',
  time: 'soldAt',
  openFilters: ['kind', 'points', 'soldAt'],
  dimensions: {
    kind: { type: 'String' },
    shop: { type: { reference: 'Shop' } },
    initial: { type: 'String', sql: '(SELECT SUBSTR( row.kind , 1, 1))' },
    soldAt: { type: 'DateTime', property: 'at' },
  },
  measures: { points: 'points' },
};

/** A part of a question, and what it means for a plain object. */
type Meaning<Thing> = Readonly<{ filter: Filter; holds: (thing: Thing) => boolean }>;

const combined = <Thing>(leaf: fc.Arbitrary<Meaning<Thing>>): fc.Arbitrary<Meaning<Thing>> =>
  fc.oneof(
    leaf,
    fc.constant({ filter: {}, holds: () => true }),
    leaf.map(({ filter, holds }) => ({ filter: { not: filter }, holds: (x: Thing) => !holds(x) })),
    fc.array(leaf, { minLength: 1, maxLength: 3 }).map((parts) => ({
      filter: { or: parts.map(({ filter }) => filter) },
      holds: (x: Thing) => parts.some(({ holds }) => holds(x)),
    })),
    fc.array(leaf, { minLength: 1, maxLength: 3 }).map((parts) => ({
      filter: { and: parts.map(({ filter }) => filter) },
      holds: (x: Thing) => parts.every(({ holds }) => holds(x)),
    })),
  );

export const FIRST = Date.parse('2018-10-20T00:00:00Z');
export const LAST = Date.parse('2019-04-20T00:00:00Z');
const moment = fc.integer({ min: FIRST, max: LAST });
const kind = fc.constantFrom('accrue', 'Accrue', 'burn', '中文');

export const filters: fc.Arbitrary<Meaning<Sale>> = combined<Sale>(
  fc.oneof(
    kind.map((eq) => ({ filter: { kind: { eq } }, holds: (sale: Sale) => sale.kind === eq })),
    fc.integer({ min: -50, max: 50 }).map((gte) => ({
      filter: { points: { gte } },
      holds: (sale: Sale) => sale.points >= gte,
    })),
    moment.map((ms) => ({
      filter: { soldAt: { lt: new Date(ms) } },
      holds: (sale: Sale) => sale.at.getTime() < ms,
    })),
  ),
);

export type Totals = Readonly<{ count: number; memberCount: number; pointsSum: number }>;

export const havings: fc.Arbitrary<Meaning<Totals>> = combined<Totals>(
  fc
    .tuple(fc.constantFrom('count', 'memberCount', 'pointsSum'), fc.integer({ min: -20, max: 30 }))
    .map(([name, gt]) => ({
      filter: { [name]: { gt } },
      holds: (totals: Totals) => totals[name as keyof Totals] > gt,
    })),
);

export const zones = [
  'Asia/Shanghai',
  'America/New_York',
  'Asia/Kolkata',
  // Its clocks change by half an hour.
  'Australia/Lord_Howe',
  // On 4 November 2018 there was no midnight.
  'America/Sao_Paulo',
  'UTC',
];

export const bucket = fc.constantFrom<TimeBucket>(
  'HOUR',
  'DAY',
  'WEEK',
  'MONTH',
  'QUARTER',
  'YEAR',
);

export const groupBys: fc.Arbitrary<GroupBy[]> = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom('kind', 'shop', 'initial').map((field): GroupBy => ({ field })),
    fc.record({
      field: fc.constant('soldAt'),
      bucket,
      timeZone: fc.constantFrom(null, ...zones),
    }),
  ),
  { minLength: 1, maxLength: 4, selector: ({ field }) => field },
);

/** Few shops and kinds, some of them with few buyers; half of the times near changes of clocks. */
export const sales: fc.Arbitrary<Sale[]> = fc
  .array(
    fc.record({
      kind,
      shop: fc.constantFrom(null, 'a', 'a', 'a', 'b', 'b', 'c', 'Ä'),
      buyer: fc.integer({ min: 0, max: 39 }).map((n) => `buyer-${n}`),
      points: fc.integer({ min: -100, max: 100 }),
      at: fc
        .oneof(
          moment,
          fc
            .tuple(
              fc.constantFrom('2018-11-04T02:45Z', '2018-11-04T06:00Z', '2019-04-06T15:00Z'),
              fc.integer({ min: -3 * 3600_000, max: 3 * 3600_000 }),
            )
            .map(([near, by]) => Date.parse(near) + by),
        )
        .map((ms) => new Date(ms)),
    }),
    { minLength: 300, maxLength: 300 },
  )
  .map((all) => all.map((sale, index) => ({ id: `sale-${index}`, ...sale })));
