import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressUnder } from '../../shared/database/address.ts';
import { Database, execute } from '../../shared/database/database.ts';
import { insertRows } from '../../shared/database/rows.ts';
import { Fault } from '../../shared/graphql/faults.ts';
import { sharedWording, word } from '../../shared/graphql/wording.ts';
import { type Group, type GroupArguments, MEMBERS_MIN } from '../../shared/query-kit/group.ts';
import { readAggregate, readGroups } from '../../shared/query-kit/read-groups.ts';
import { engines } from '../support/engines.ts';
import {
  createSales,
  FIRST,
  filters,
  groupBys,
  havings,
  LAST,
  type Sale,
  SaleEntity,
  sales,
  spec,
} from './grouping.ts';
import { compareKeys, type PlainGroup, plainGroups } from './plain-groups.ts';

const range = { soldAt: { gte: new Date(FIRST), lte: new Date(LAST) } };

const orders = fc.uniqueArray(
  fc.record({
    field: fc.constantFrom('count', 'memberCount', 'pointsSum'),
    direction: fc.constantFrom('ASC' as const, 'DESC' as const),
  }),
  { maxLength: 2, selector: ({ field }) => field },
);

/** As the client has them: values of keys that can be compared. */
const shownGroup = ({ key, aggregate, suppressed }: Group) => {
  const { points, ...counts } = aggregate;
  if (typeof points !== 'object') throw new Error('points are added up');
  return {
    keys: Object.values(key).map((value) => {
      if (value instanceof Date) return value.getTime();
      return value !== null && typeof value === 'object' ? (value as { id: string }).id : value;
    }),
    ...counts,
    pointsSum: points.sum(),
    min: points.min,
    max: points.max,
    suppressed,
  };
};

const expectedGroup = ({ keys, rows, totals, suppressed }: PlainGroup, isAnonymous: boolean) => {
  const points = rows.map((row) => row.points);
  return {
    keys: keys.map((value) => (value === '' ? null : value)),
    ...totals,
    min: isAnonymous ? null : Math.min(...points),
    max: isAnonymous ? null : Math.max(...points),
    suppressed,
  };
};

describe.each(engines)('groups on $name', (engine) => {
  const url = engine.freshUrl();
  const statements: string[] = [];
  let database: Database;

  beforeAll(async () => {
    database = await Database.open({
      address: addressUnder(url, 'sales'),
      entities: [SaleEntity],
      migrations: [createSales],
      onStatement: (sql) => statements.push(sql),
    });
  });
  afterAll(async () => {
    await database.close();
    await engine.remove(url);
  });

  const fill = (rows: readonly Sale[]) =>
    database.transaction(async (manager) => {
      await execute(manager, 'DELETE FROM test_sale');
      await insertRows(
        manager,
        'test_sale',
        ['id', 'kind', 'shop', 'buyer', 'points', 'at_ms'],
        rows.map((row) => [row.id, row.kind, row.shop, row.buyer, row.points, row.at.getTime()]),
      );
    });
  const groups = (args: GroupArguments, isAnonymous = false, timeLimitMs = 8000) =>
    readGroups(spec, {
      database,
      cursorKey: 'k',
      args: { first: 1000, ...args },
      isAnonymous,
      timeLimitMs,
    });
  const aggregate = (args: Pick<GroupArguments, 'filter'>, isAnonymous = false) =>
    readAggregate(spec, { database, cursorKey: 'k', args, isAnonymous });
  const sale = (given: Partial<Sale> & Pick<Sale, 'id'>): Sale => ({
    kind: 'accrue',
    shop: 'a',
    buyer: given.id,
    points: 1,
    at: new Date(FIRST),
    ...given,
  });
  const crowd = (count: number, given: Partial<Sale> = {}): Sale[] =>
    Array.from({ length: count }, (_, n) => {
      const id = `${given.shop ?? 'a'}-${given.kind ?? ''}-${n}`;
      return sale({ id, ...given });
    });

  test.each([[false], [true]])(
    'are what plain code finds, each on one page (only groups: %s)',
    async (isAnonymous) => {
      const question = fc.record({
        filter: filters,
        groupBy: groupBys,
        having: havings,
        orderBy: orders,
        pages: fc.integer({ min: 1, max: 3 }),
      });
      await fc.assert(
        fc.asyncProperty(
          sales,
          fc.array(question, { minLength: 8, maxLength: 8 }),
          async (rows, questions) => {
            await fill(rows);
            for (const { filter, groupBy, having, orderBy, pages } of questions) {
              const matching = rows.filter(filter.holds);
              const args = {
                filter: isAnonymous ? { ...range, and: [filter.filter] } : filter.filter,
                groupBy,
                having: having.filter,
                orderBy,
              };
              if (isAnonymous && new Set(matching.map(({ buyer }) => buyer)).size < MEMBERS_MIN) {
                await expect(groups(args, true)).rejects.toMatchObject({
                  reason: 'TOO_FEW_MEMBERS',
                });
                continue;
              }
              const expected = plainGroups(matching, groupBy, isAnonymous)
                .filter(({ totals }) => having.holds(totals))
                .toSorted((a, b) => {
                  if (a.suppressed !== b.suppressed) return a.suppressed ? 1 : -1;
                  for (const { field, direction } of orderBy) {
                    const name = field as 'count' | 'memberCount' | 'pointsSum';
                    const by = a.totals[name] - b.totals[name];
                    if (by !== 0) return direction === 'ASC' ? by : -by;
                  }
                  return compareKeys(a.keys, b.keys);
                });
              const size = Math.max(1, Math.ceil(expected.length / pages));
              const found: Group[] = [];
              for (let after: string | null = null; ; ) {
                const page = await groups({ ...args, first: size, after }, isAnonymous);
                found.push(...page.nodes);
                after = page.pageInfo.endCursor;
                if (page.pageInfo.hasNextPage) continue;
                expect(await page.totalCount()).toBe(expected.length);
                break;
              }
              expect(found.map(shownGroup)).toEqual(
                expected.map((group) => expectedGroup(group, isAnonymous)),
              );
              const { points, ...counts } = await aggregate({ filter: args.filter }, isAnonymous);
              expect(counts).toEqual({
                count: matching.length,
                memberCount: new Set(matching.map(({ buyer }) => buyer)).size,
              });
              expect(typeof points === 'object' && points.sum()).toBe(
                matching.reduce((sum, row) => sum + row.points, 0),
              );
            }
          },
        ),
        // Making 300 rows smaller takes longer than a test may.
        { numRuns: 10, endOnFailure: true },
      );
    },
  );

  test('an hour that the clocks show twice is two hours', async () => {
    // In New York 01:30 on 4 November 2018 came twice, at 05:30 and at 06:30 UTC.
    await fill(
      ['2018-11-04T05:30Z', '2018-11-04T06:30Z'].map((at) => sale({ id: at, at: new Date(at) })),
    );
    const by = async (bucket: 'HOUR' | 'DAY', timeZone: string) =>
      (await groups({ groupBy: [{ field: 'soldAt', bucket, timeZone }] })).nodes.map(
        ({ key, aggregate: { count } }) => `${(key.soldAt as Date).toISOString()} ${count}`,
      );

    expect(await by('HOUR', 'America/New_York')).toEqual([
      '2018-11-04T05:00:00.000Z 1',
      '2018-11-04T06:00:00.000Z 1',
    ]);
    expect(await by('DAY', 'America/New_York')).toEqual(['2018-11-04T04:00:00.000Z 2']);
    expect(await by('HOUR', 'Asia/Kolkata')).toEqual([
      '2018-11-04T05:30:00.000Z 1',
      '2018-11-04T06:30:00.000Z 1',
    ]);
  });

  test('groups of too few members are one, and it takes in the smallest when still too few', async () => {
    await fill([
      ...crowd(30, { shop: 'big' }),
      ...crowd(12, { shop: 'middle' }),
      ...crowd(4, { shop: 'small' }),
      // The same person in another shop is still one member of the merged group.
      ...crowd(4, { shop: 'tiny' }).map((row, n) => ({ ...row, buyer: `small--${n}` })),
    ]);
    const args = { filter: range, groupBy: [{ field: 'shop' }] };

    expect((await groups(args)).nodes).toHaveLength(4);
    expect((await groups(args, true)).nodes.map(shownGroup)).toMatchObject([
      { keys: ['big'], memberCount: 30, suppressed: false },
      { keys: [null], memberCount: 16, count: 20, min: null, suppressed: true },
    ]);
  });

  test.each([
    ['nobody', 0],
    ['nine', 9],
  ])('of %s the caller who sees only groups is told nothing', async (_, members) => {
    await fill(crowd(members));
    const refused = { reason: 'TOO_FEW_MEMBERS', extensions: { code: 'FORBIDDEN' } };
    const args = { filter: range, groupBy: [{ field: 'kind' }] };

    await expect(groups(args, true)).rejects.toMatchObject(refused);
    await expect(aggregate({ filter: range }, true)).rejects.toMatchObject(refused);
    expect(await aggregate({ filter: range })).toMatchObject({ memberCount: members });
  });

  test.each([
    ['the member', { buyerId: { ne: 'x' } }],
    ['an id within not', { not: { id: { eq: 'x' } } }],
    ['the shop within or', { or: [{ shopId: { eq: 'x' } }] }],
  ])('who sees only groups may not filter by %s', async (_, filter) => {
    await fill(crowd(20));
    const all = { and: [range, filter] };
    const refused = { reason: 'FILTER_NOT_FOR_ROLE', extensions: { code: 'FORBIDDEN' } };

    await expect(aggregate({ filter: all }, true)).rejects.toMatchObject(refused);
    await expect(groups({ filter: all, groupBy: [{ field: 'kind' }] }, true)).rejects.toMatchObject(
      refused,
    );
  });

  const year = (days: number) => new Date(FIRST + days * 24 * 60 * 60 * 1000);
  test.each([
    ['no range', {}],
    ['no end', { soldAt: { gte: year(0) } }],
    ['401 days', { soldAt: { gte: year(0), lt: year(401) } }],
    ['a range within or', { or: [range] }],
  ])('who sees only groups and gives %s is asked for a range', async (_, filter) => {
    const asked = groups({ filter, groupBy: [{ field: 'kind' }] }, true);

    await expect(asked).rejects.toMatchObject({ reason: 'TIME_RANGE_NEEDED' });
  });

  const kindOnly = { groupBy: [{ field: 'kind' }] };
  test.each([
    ['INVALID_GROUP_KEYS', { groupBy: [] }],
    ['INVALID_GROUP_KEYS', { groupBy: [{ field: 'kind' }, { field: 'kind' }] }],
    [
      'INVALID_GROUP_KEYS',
      { groupBy: ['kind', 'shop', 'initial', 'soldAt', 'x'].map((field) => ({ field })) },
    ],
    ['BUCKET_NEEDED', { groupBy: [{ field: 'soldAt' }] }],
    ['BUCKET_NOT_USABLE', { groupBy: [{ field: 'kind', bucket: 'DAY' as const }] }],
    ['BUCKET_NOT_USABLE', { groupBy: [{ field: 'kind', timeZone: 'UTC' }] }],
    [
      'UNKNOWN_TIME_ZONE',
      { groupBy: [{ field: 'soldAt', bucket: 'DAY' as const, timeZone: "Mars/'" }] },
    ],
    ['UNKNOWN_TIME_ZONE', { groupBy: [{ field: 'soldAt', bucket: 'DAY' as const, timeZone: '' }] }],
    ['ORDER_NOT_GROUPED', { ...kindOnly, orderBy: [{ field: 'shop' }] }],
    ['INVALID_GROUP_PAGE', { ...kindOnly, first: 0 }],
    ['INVALID_GROUP_PAGE', { ...kindOnly, first: 1001 }],
    ['INVALID_GROUP_PAGE', { ...kindOnly, first: null }],
    ['INVALID_FILTER', { ...kindOnly, having: { count: { gt: null } } }],
    ['INVALID_FILTER', { ...kindOnly, having: { and: Array(51).fill({ count: { gt: 1 } }) } }],
    ['INVALID_FILTER', { ...kindOnly, having: { not: { not: { not: { not: { not: {} } } } } } }],
    ['INVALID_FILTER', { ...kindOnly, having: { count: { in: Array(501).fill(1) } } }],
    ['INVALID_FILTER', { ...kindOnly, having: { or: [] } }],
    ['INVALID_FILTER', { ...kindOnly, filter: { not: { not: { not: { not: { not: {} } } } } } }],
    ['INVALID_FILTER', { ...kindOnly, filter: { and: Array(51).fill({ kind: { eq: 'x' } }) } }],
    ['INVALID_FILTER', { ...kindOnly, filter: { and: [] } }],
    ['INVALID_FILTER', { ...kindOnly, filter: { kind: { eq: null } } }],
    ['INVALID_FILTER', { ...kindOnly, filter: { kind: { in: Array(501).fill('x') } } }],
    ['INVALID_FILTER', { ...kindOnly, orderBy: Array(4).fill({ field: 'count' }) }],
    ['INVALID_FILTER', { ...kindOnly, filter: { kind: { contains: 'a' } } }],
    ['INVALID_CURSOR', { ...kindOnly, after: 'eyJhIjoxfQ.abc' }],
  ])('%s is said of what cannot be asked, in both languages', async (reason, args) => {
    const error = await groups(args).catch((thrown: unknown) => thrown);

    if (!(error instanceof Fault)) throw error;
    expect(error).toMatchObject({ reason, extensions: { code: 'BAD_USER_INPUT' } });
    const [en, zh] = (['en', 'zh-CN'] as const).map((locale) =>
      word(sharedWording, reason, locale, error.parameters),
    );
    expect(en).not.toBe(reason);
    expect(zh).toMatch(/[一-龥]/);
    expect(zh).not.toMatch(/[a-z] [a-z]/);
  });

  test('a cursor of other keys, conditions or callers is refused', async () => {
    await fill([...crowd(20), ...crowd(20, { shop: 'b' })]);
    const args = { filter: range, groupBy: [{ field: 'shop' }], first: 1 };
    const { pageInfo } = await groups(args);
    const after = pageInfo.endCursor;

    for (const other of [
      groups({ ...args, after, groupBy: [{ field: 'kind' }] }),
      groups({ ...args, after, having: { count: { gt: 1 } } }),
      groups({ ...args, after, orderBy: [{ field: 'count' }] }),
      groups({ ...args, after }, true),
    ]) {
      await expect(other).rejects.toMatchObject({ reason: 'INVALID_CURSOR' });
    }
  });

  test.each([
    ['2^53', [Number.MAX_SAFE_INTEGER, 1]],
    ['2^63', Array(1025).fill(Number.MAX_SAFE_INTEGER)],
  ])('a sum of %s is a fault, and never shown rounded', async (_, points: number[]) => {
    await fill(points.map((amount, n) => sale({ id: `${n}`, points: amount })));
    const refused = { reason: 'SUM_TOO_LARGE', extensions: { code: 'BAD_USER_INPUT' } };
    const sumOf = async (asked: Promise<Readonly<Record<string, unknown>>>) => {
      const { points: totals } = await asked;
      return (totals as { sum: () => number }).sum();
    };

    await expect(sumOf(aggregate({}))).rejects.toMatchObject(refused);
    const first = groups(kindOnly).then(({ nodes }) => nodes[0]?.aggregate ?? {});
    await expect(sumOf(first)).rejects.toMatchObject(refused);
    await expect(groups({ ...kindOnly, orderBy: [{ field: 'pointsSum' }] })).rejects.toMatchObject(
      refused,
    );
  });

  test('a thousand groups cost the statements of one', async () => {
    const cost = async (rows: Sale[], isAnonymous: boolean) => {
      await fill(rows);
      statements.length = 0;
      const args = {
        filter: range,
        groupBy: [{ field: 'kind' }, { field: 'soldAt', bucket: 'WEEK' as const }],
      };
      await (await groups(args, isAnonymous)).totalCount();
      return statements.length;
    };
    const many = Array.from({ length: 50 }, (_, n) => crowd(20, { kind: `kind-${n}` })).flat();

    expect([await cost(crowd(20), false), await cost(many, false)]).toEqual([2, 2]);
    expect([await cost(crowd(20), true), await cost(many, true)]).toEqual([1, 1]);
    // Nine of another kind: one statement more, to take another group in.
    const withFew = [...many, ...crowd(9, { kind: 'few' })];
    expect(await cost(withFew, true)).toBe(2);
  });

  test('of more groups than are merged in memory nothing is answered in part', async () => {
    await fill(Array.from({ length: 4 }, (_, n) => crowd(20, { kind: `kind-${n}` })).flat());
    const asked = (mergeMax: number) =>
      readGroups(spec, {
        ...{ database, cursorKey: 'k', isAnonymous: true, mergeMax },
        args: { ...kindOnly, filter: range, first: 1 },
      });

    expect(await (await asked(4)).totalCount()).toBe(4);
    await expect(asked(3)).rejects.toMatchObject({
      reason: 'QUESTION_TOO_LARGE',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test('a question that takes too long is given up; SQLite has no limit and answers', async () => {
    await fill(Array.from({ length: 100 }, (_, n) => crowd(100, { kind: `kind-${n}` })).flat());

    // The clock of a server that stops statements is rougher than the shortest limit: one of many is given up.
    let answer: unknown = null;
    for (let round = 0; round < 50 && !(answer instanceof Error); round += 1) {
      answer = await groups(kindOnly, false, 1).catch((error: unknown) => error);
      if (engine.name === 'SQLite') break;
    }

    if (engine.name === 'SQLite') expect(answer).toHaveProperty('nodes');
    else expect(answer).toMatchObject({ reason: 'QUESTION_TOO_LARGE' });
  });
});
