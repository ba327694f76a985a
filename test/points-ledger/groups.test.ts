import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Caller } from '../../shared/graphql/caller.ts';
import { loadDemo } from '../../subgraphs/demo/load.ts';
import { demoVariables } from '../../subgraphs/demo/variables.ts';
import type { PointsCommandInput } from '../../subgraphs/points-ledger/schema.generated.ts';
import { engines } from '../support/engines.ts';
import {
  analyst,
  anonymous,
  asMember,
  asMerchant,
  operator,
  regulator,
} from '../support/people.ts';
import { openAlliance } from '../support/world.ts';
import { accrue, burn, hold, type OpenBooks, openBooks, resolve, reverse } from './books-world.ts';

const NOVEMBER = {
  recordedAt: { gte: '2026-10-31T16:00:00Z', lt: '2026-11-30T16:00:00Z' },
};

const GROUPS = `query ($filter: JournalEntryFilter, $groupBy: [JournalEntryGroupBy!]!,
  $having: JournalEntryHaving, $orderBy: [JournalEntryGroupOrder!], $first: Int, $after: String) {
  journalEntriesGroups(filter: $filter, groupBy: $groupBy, having: $having, orderBy: $orderBy,
    first: $first, after: $after) {
    nodes { suppressed
      key { kind unit causeKind ruleVersion issuer { id } acceptor { id } recordedAt }
      aggregate { count memberCount points { sum min max } } }
    pageInfo { hasNextPage endCursor } totalCount } }`;

const AGGREGATE = `query ($filter: JournalEntryFilter) { journalEntriesAggregate(filter: $filter) {
  count memberCount points { sum min max } } }`;

type Variables = Record<string, unknown>;

const ask = (books: OpenBooks, variables: Variables, as: Caller = operator) =>
  books
    .data(GROUPS, { first: 100, ...variables }, { as })
    .then((data) => data.journalEntriesGroups);

/** What each group says, without the keys that were not asked for. */
const told = async (books: OpenBooks, variables: Variables, as?: Caller) => {
  const { nodes } = await ask(books, variables, as);
  return nodes.map(
    ({ key, aggregate }: { key: Variables; aggregate: { count: number; points: Variables } }) => [
      ...Object.values(key)
        .filter((value) => value !== null)
        .map((value) => (typeof value === 'object' ? (value as Variables).id : value)),
      aggregate.count,
      aggregate.points.sum,
    ],
  );
};

/** One accrual of 10 points for each of so many members. */
const crowd = (members: number, given: Partial<PointsCommandInput> = {}) =>
  Array.from({ length: members }, (_, n) =>
    accrue({ walletId: `member-${n}`, points: 10, ...given }),
  );

describe.each(engines)('on $name', (engine) => {
  test('entries are counted once, however many lots and issuers they move', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 60, issuerId: 'I', causeId: 'p1', ruleVersion: 'v1' }),
      accrue({ points: 40, issuerId: 'J', causeId: 'p2' }),
      accrue({ points: 30, issuerId: 'J', walletId: 'bob', expiresOn: '2027-01-01' }),
      // Of two issuers at once.
      burn({ points: 80, acceptorId: 'B' }),
      hold({ points: 5, acceptorId: 'C' }),
      resolve('CAPTURE'),
      // From its own lot, from another's and as a debt: three lines and more.
      reverse({ reversesId: 'p1', points: 60, issuerId: 'I' }),
    ]);

    expect(await told(books, { groupBy: [{ field: 'issuer' }, { field: 'kind' }] })).toEqual([
      ['BURN', 1, 80],
      ['CAPTURE', 1, 5],
      ['HOLD', 1, 5],
      ['ACCRUE', 'I', 1, 60],
      ['REVERSE', 'I', 1, 60],
      ['ACCRUE', 'J', 2, 70],
    ]);
    expect(await told(books, { groupBy: [{ field: 'acceptor' }] })).toEqual([
      [4, 190],
      ['B', 1, 80],
      ['C', 2, 10],
    ]);
    expect(await told(books, { groupBy: [{ field: 'ruleVersion' }] })).toEqual([
      [6, 220],
      ['v1', 1, 60],
    ]);
    expect(await books.data(AGGREGATE)).toEqual({
      journalEntriesAggregate: {
        count: 7,
        memberCount: 2,
        points: { sum: 280, min: 5, max: 80 },
      },
    });
  });

  test('times fall into buckets of the calendar that is asked for', async () => {
    await using books = await openBooks(engine);
    for (const at of ['2026-11-22T02:00:00Z', '2026-11-30T15:59:59Z', '2026-11-30T16:00:00Z']) {
      books.clock.set(at);
      await books.postOne(accrue({ points: 10 }));
    }
    const by = (bucket: string, timeZone?: string) =>
      told(books, { groupBy: [{ field: 'recordedAt', bucket, timeZone }] });

    // In Shanghai the first of December begins at 16:00 UTC.
    expect(await by('MONTH')).toEqual([
      ['2026-10-31T16:00:00.000Z', 2, 20],
      ['2026-11-30T16:00:00.000Z', 1, 10],
    ]);
    expect(await by('MONTH', 'America/New_York')).toEqual([['2026-11-01T04:00:00.000Z', 3, 30]]);
    // 22 November is a Sunday, in New York still the 21st.
    expect(await by('WEEK')).toEqual([
      ['2026-11-15T16:00:00.000Z', 1, 10],
      ['2026-11-29T16:00:00.000Z', 2, 20],
    ]);
    expect(await by('DAY', 'Asia/Kolkata')).toEqual([
      ['2026-11-21T18:30:00.000Z', 1, 10],
      ['2026-11-29T18:30:00.000Z', 2, 20],
    ]);
    expect(await by('YEAR')).toEqual([['2025-12-31T16:00:00.000Z', 3, 30]]);
    expect(await told(books, { filter: NOVEMBER, groupBy: [{ field: 'kind' }] })).toEqual([
      ['ACCRUE', 2, 20],
    ]);
  });

  test('groups are chosen and ordered by what they add up to, page by page', async () => {
    await using books = await openBooks(engine);
    await books.post(
      ['a', 'b', 'c', 'd', 'e'].flatMap((unit, n) => crowd(n + 1, { unit, points: 10 - n })),
    );
    const question = {
      groupBy: [{ field: 'unit' }],
      having: { memberCount: { gt: 1 } },
      orderBy: [{ field: 'pointsSum', direction: 'DESC' }],
    };

    const first = await ask(books, { ...question, first: 3 });
    const second = await ask(books, { ...question, first: 3, after: first.pageInfo.endCursor });

    expect(first).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } });
    expect(second.pageInfo.hasNextPage).toBe(false);
    const sums = [...first.nodes, ...second.nodes].map(({ key, aggregate }) => [
      key.unit,
      aggregate.points.sum,
    ]);
    expect(sums).toEqual([
      ['e', 30],
      ['d', 28],
      ['c', 24],
      ['b', 18],
    ]);
  });

  test('an analyst sees groups of ten members and more, the regulator all', async () => {
    await using books = await openBooks(engine);
    await books.post([
      ...crowd(12),
      ...crowd(7, { unit: 'MILES' }),
      ...crowd(9, { unit: 'STARS', points: 20 }),
    ]);
    const question = { filter: NOVEMBER, groupBy: [{ field: 'unit' }] };

    expect(await told(books, question, regulator)).toEqual([
      ['ALLIANCE', 12, 120],
      ['MILES', 7, 70],
      ['STARS', 9, 180],
    ]);
    const { nodes, totalCount } = await ask(books, question, analyst);
    // The nine and the seven are the same people: too few, so the twelve are merged with them.
    expect(totalCount).toBe(1);
    expect(nodes).toMatchObject([
      {
        suppressed: true,
        key: { unit: null },
        aggregate: { count: 28, memberCount: 12, points: { sum: 370, min: null, max: null } },
      },
    ]);
  });

  test('an analyst is told nothing of fewer than ten members, in her language', async () => {
    await using books = await openBooks(engine);
    await books.post(crowd(9));
    const asked = { as: analyst, locale: 'zh-CN' } as const;

    const { errors } = await books.ask(AGGREGATE, { filter: NOVEMBER }, asked);
    expect(errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN', reason: 'TOO_FEW_MEMBERS' } },
    ]);
    expect(errors?.[0]?.message).toContain('不足 10 人');

    await books.postOne(accrue({ walletId: 'the tenth' }));
    expect(await books.data(AGGREGATE, { filter: NOVEMBER }, asked)).toMatchObject({
      journalEntriesAggregate: { memberCount: 10, points: { sum: 190, max: null } },
    });
  });

  test.each([
    ['memberId', { memberId: { ne: 'ann' } }],
    ['id', { not: { id: { eq: 'x' } } }],
    ['causeId', { or: [{ causeId: { eq: 'p1' } }] }],
    ['block', { block: { eq: 1 } }],
    ['points', { points: { lt: 100 } }],
  ])('an analyst may not filter by %s', async (field, filter) => {
    await using books = await openBooks(engine);
    await books.post(crowd(20));
    const and = { and: [NOVEMBER, filter] };
    const refused = [{ extensions: { code: 'FORBIDDEN', reason: 'FILTER_NOT_FOR_ROLE' } }];

    const aggregate = await books.ask(AGGREGATE, { filter: and }, { as: analyst });
    const groups = await books.ask(
      GROUPS,
      { filter: and, groupBy: [{ field: 'kind' }], first: 10 },
      { as: analyst },
    );

    expect(aggregate.errors).toMatchObject(refused);
    expect(aggregate.errors?.[0]?.message).toContain(field);
    expect(groups.errors).toMatchObject(refused);
    expect(await books.data(AGGREGATE, { filter: and })).toBeDefined();
  });

  test.each([
    ['a member', asMember('ann'), 'FORBIDDEN'],
    ['a merchant', asMerchant('I'), 'FORBIDDEN'],
    ['nobody in particular', anonymous, 'UNAUTHENTICATED'],
  ])('neither is for %s', async (_, as, code) => {
    await using books = await openBooks(engine);

    const aggregate = await books.ask(AGGREGATE, {}, { as });
    const groups = await books.ask(GROUPS, { groupBy: [{ field: 'kind' }] }, { as });

    expect(aggregate.errors).toMatchObject([{ extensions: { code } }]);
    expect(groups.errors).toMatchObject([{ extensions: { code } }]);
  });

  test('an analyst still sees no entry and no member', async () => {
    await using books = await openBooks(engine);
    const list = '{ journalEntries(first: 1) { nodes { id } } }';

    const { errors } = await books.ask(list, {}, { as: analyst });

    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test('a sum past the safe integers costs its own field, with what to do', async () => {
    await using books = await openBooks(engine);
    const points = Number.MAX_SAFE_INTEGER;
    const price = { priceMinor: 1, pricePoints: 100, points };
    await books.post([accrue(price), accrue({ ...price, walletId: 'bob' })]);

    const { data, errors } = await books.ask(AGGREGATE);

    expect(data.journalEntriesAggregate).toEqual({
      count: 2,
      memberCount: 2,
      points: { sum: null, min: points, max: points },
    });
    expect(errors).toMatchObject([
      {
        path: ['journalEntriesAggregate', 'points', 'sum'],
        extensions: { code: 'BAD_USER_INPUT', reason: 'SUM_TOO_LARGE' },
      },
    ]);
  });

  test('an analyst reads the names of issuers through the graph, in a constant of statements', async () => {
    await using world = await openAlliance(engine);
    const merchants = [
      await world.merchant({ name: 'Pearl' }),
      await world.merchant({ name: 'Tea' }),
      await world.merchant({ name: 'Inn' }),
    ];
    for (let n = 0; n < 10; n += 1) {
      const memberId = await world.member();
      for (const [index, merchantId] of merchants.entries()) {
        // The inn has a single guest.
        if (index < 2 || n === 0) await world.purchase({ merchantId, memberId });
      }
    }
    await world.settle();
    const question = `query ($filter: JournalEntryFilter, $first: Int) {
      journalEntriesGroups(filter: $filter, first: $first, orderBy: [{ field: count }],
        groupBy: [{ field: issuer }, { field: recordedAt, bucket: DAY }]) {
        nodes { suppressed key { issuer { name } recordedAt } aggregate { count points { sum } } } } }`;
    const cost = async (first: number) => {
      world.statements.length = 0;
      const variables = { filter: NOVEMBER, first };
      const data = await world.data(question, variables, { as: analyst });
      return { nodes: data.journalEntriesGroups.nodes, statements: world.statements.length };
    };

    const { nodes, statements } = await cost(100);
    const all = await world.data(question, { filter: NOVEMBER, first: 100 });

    // Pearl or Tea, whose id is the smaller, is merged with the inn.
    const recordedAt = '2026-11-21T16:00:00.000Z';
    expect(nodes).toMatchObject([
      { suppressed: false, key: { recordedAt }, aggregate: { count: 10, points: { sum: 1000 } } },
      { suppressed: true, key: { issuer: null, recordedAt: null }, aggregate: { count: 11 } },
    ]);
    expect(['Pearl', 'Tea']).toContain(nodes[0].key.issuer.name);
    const names = all.journalEntriesGroups.nodes.map(
      ({ key }: { key: { issuer: { name: string } } }) => key.issuer.name,
    );
    expect(names.toSorted()).toEqual(['Inn', 'Pearl', 'Tea']);
    expect((await cost(1)).statements).toBe(statements);
  });

  test('the saved operation shows an analyst of the demo two merchants and the rest', async () => {
    await using world = await openAlliance(engine);
    const ids = await loadDemo((query, variables) => world.data(query, variables));
    await world.settle();
    const folder = join(import.meta.dirname, '../../gateway/pages/operations');
    const query = readFileSync(join(folder, '8-points-by-month.graphql'), 'utf8');
    const variables = demoVariables(ids, world.clock.now())['8-points-by-month'];

    const { data, errors } = await world.ask(query, JSON.parse(JSON.stringify(variables)), {
      as: analyst,
    });

    expect(errors).toBeUndefined();
    const { nodes } = data.journalEntriesGroups;
    expect(
      nodes.map(
        ({ key }: { key: { issuer: { industry: string } | null } }) => key.issuer?.industry,
      ),
    ).toEqual(['SUPERMARKET', 'RESTAURANT', undefined]);
    for (const { aggregate } of nodes) expect(aggregate.memberCount).toBeGreaterThanOrEqual(10);
    expect(nodes.at(-1).suppressed).toBe(true);

    // The rest of the question's words, all at once, page by page.
    const more = `query ($filter: JournalEntryFilter, $after: String) {
      journalEntriesGroups(filter: $filter, first: 1, after: $after, having: { count: { gt: 10 } },
        groupBy: [{ field: issuer }, { field: recordedAt, bucket: DAY, timeZone: "America/New_York" }],
        orderBy: [{ field: memberCount, direction: DESC }, { field: pointsSum }]) {
        nodes { suppressed key { recordedAt issuer { name } } aggregate { count memberCount } }
        pageInfo { hasNextPage endCursor } totalCount } }`;
    const seen: { suppressed: boolean; key: { recordedAt: string | null } }[] = [];
    for (let after = null, goesOn = true; goesOn; ) {
      const page = await world.data(more, { filter: NOVEMBER, after }, { as: analyst });
      expect(page.journalEntriesGroups.totalCount).toBe(3);
      seen.push(...page.journalEntriesGroups.nodes);
      after = page.journalEntriesGroups.pageInfo.endCursor;
      goesOn = page.journalEntriesGroups.pageInfo.hasNextPage;
    }
    // The demo shops at nine in the evening of the 21st, by the clocks of New York.
    expect(seen.map(({ suppressed, key }) => [suppressed, key.recordedAt])).toEqual([
      [false, '2026-11-21T05:00:00.000Z'],
      [false, '2026-11-21T05:00:00.000Z'],
      [true, null],
    ]);
  });

  test('nothing in the graph tells an analyst who a member is', async () => {
    await using world = await openAlliance(engine);
    const merchantId = await world.merchant({ name: 'Pearl' });
    const memberId = await world.member('Somebody');
    const purchaseId = await world.purchase({ merchantId, memberId });
    await world.settle();
    const entryId = (await world.data('{ journalEntries(first: 1) { nodes { id } } }'))
      .journalEntries.nodes[0].id;
    const documents = [
      '{ journalEntries(first: 1) { nodes { id member { id displayName } } } }',
      `{ journalEntry(id: "${entryId}") { id member { id displayName } } }`,
      `{ member(id: "${memberId}") { id displayName wallet { available } } }`,
      '{ members(first: 1) { nodes { id displayName } } }',
      `{ purchase(id: "${purchaseId}") { id member { id displayName } accruals { points } } }`,
      '{ purchases(first: 1) { nodes { id member { id displayName } } } }',
      '{ redemptions(first: 1) { nodes { id member { id displayName } } } }',
      `{ journalEntriesGroups(groupBy: [{ field: member }]) { nodes { suppressed } } }`,
      `{ journalEntriesGroups(groupBy: [{ field: kind }]) { nodes { key { member { id } } } } }`,
    ];

    for (const document of documents) {
      const { data, errors } = await world.ask(document, {}, { as: analyst });
      const found = Object.values(data ?? {}).filter((value) => value !== null);
      expect(found, document).toEqual([]);
      expect(
        errors?.map(({ extensions }) => extensions.code),
        document,
      ).toEqual([expect.stringMatching(/^(FORBIDDEN|GRAPHQL_VALIDATION_FAILED)$/)]);
    }
  });
});
