import { describe, expect, test } from 'vitest';
import type { AloneOptions } from '../support/alone.ts';
import { engines } from '../support/engines.ts';
import { freshKey, operator } from '../support/people.ts';
import { merchants, type OpenBooks, openBooks } from './books-world.ts';

type Given = Readonly<Record<string, unknown>>;

const of = { unit: 'ALLIANCE', issuerId: 'I' };
const PROGRAMME = { ...of, transfer: 'FAMILY' };
const MERGE = {
  ...{
    fromMemberId: 'eve',
    intoMemberId: 'ann',
    reason: 'Registered twice.',
    evidence: 'her papers',
  },
};
const GOODWILL = {
  ...{ memberId: 'ann', issuerId: 'I', points: 50, price: { amountMinor: 80, currency: 'CNY' } },
  ...{ pricePoints: 100, reason: 'Her parcel came late.', budget: 'service', ruleVersion: 'g-1' },
};
const ofMembers: readonly (readonly [name: string, input: Given, field: string, member: string])[] =
  [
    ['proposeMerge', MERGE, 'fromMemberId', 'eve'],
    ['proposeMerge', MERGE, 'intoMemberId', 'ann'],
    ['proposeAdjustment', GOODWILL, 'memberId', 'ann'],
  ];

const mutations: readonly (readonly [name: string, input: Given, field: string])[] = [
  [
    'agreeClearingTerms',
    {
      ...{ merchantId: 'I', mode: 'POSTPAID', paymentDays: 14, feeNumerator: 0, feeDenominator: 1 },
      guarantee: { amountMinor: 0, currency: 'CNY' },
    },
    'merchantId',
  ],
  ['setIssuerCover', { ...of, points: 100 }, 'issuerId'],
  [
    'setConversionRate',
    {
      ...{ ...of, toUnit: 'MILES', numerator: 2, denominator: 3 },
      ...{ priceMinor: 30, pricePoints: 100 },
    },
    'issuerId',
  ],
  ['setPointsProgramme', PROGRAMME, 'issuerId'],
  [
    'importBalances',
    {
      ...{ ...of, importId: 'cafe' },
      rows: [{ row: 1, member: 'm1', points: '100', price: '80/100 CNY' }],
    },
    'issuerId',
  ],
  ['proposeAdjustment', GOODWILL, 'issuerId'],
];

/** Members without one of them. */
const without =
  (absent: Set<string>): NonNullable<AloneOptions['peer']> =>
  (peer, { variables }) => {
    if (peer !== 'members') return null;
    const [asked = []] = Object.values(variables ?? {}) as { id: string }[][];
    const answers = asked.map(({ id }) => (absent.has(id) ? null : { id, status: 'ACTIVE' }));
    return { data: { _entities: answers } };
  };

/** What merchants knows, which may change: those of whom it answers. Of members it knows everybody. */
function knowing(known: Set<string>): NonNullable<AloneOptions['peer']> {
  return (peer, { query, variables }) => {
    if (!query.includes('_entities')) return null;
    const { r, representations = r } = variables as Record<string, { id: string }[]>;
    const isThere = (id: string) => peer === 'members' || known.has(id);
    return {
      data: {
        _entities: (representations ?? []).map(({ id }) =>
          isThere(id) ? { id, status: 'ACTIVE' } : null,
        ),
      },
    };
  };
}

async function act(books: OpenBooks, name: string, input: Given, as = operator) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await books.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) {
      __typename ... on InvalidInput { code field } } }`,
    { input: { idempotencyKey: freshKey(), ...input } },
    { as },
  );
  return { answer: data?.[name], error: errors?.[0]?.extensions };
}

describe.each(engines)('on $name', (engine) => {
  test.each(mutations)(
    '%s is refused for a merchant that there is not',
    async (name, input, field) => {
      const known = new Set<string>();
      await using books = await openBooks(engine, { peer: knowing(known) });
      const once = { ...input, idempotencyKey: freshKey() };
      const unknown = { __typename: 'InvalidInput', code: 'MERCHANT_UNKNOWN', field };
      expect((await act(books, name, once)).answer).toEqual(unknown);

      // It was not remembered, so the same key does once the merchant is there.
      known.add('I');
      const { answer } = await act(books, name, once);
      expect(answer.__typename).not.toBe('InvalidInput');
      expect((await act(books, name, { ...input, [field]: 'i' })).answer).toEqual(unknown);

      // What was answered is answered again, whatever merchants says later.
      known.clear();
      expect((await act(books, name, once)).answer).toEqual(answer);
    },
  );

  test.each(mutations)('%s waits for merchants to answer', async (name, input) => {
    await using books = await openBooks(engine, {
      peer: (peer, request) =>
        peer === 'merchants'
          ? { errors: [{ message: 'down', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] }
          : knowing(new Set())(peer, request),
    });

    expect((await act(books, name, input)).error).toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      reason: 'MERCHANTS_UNREACHABLE',
    });
  });

  test.each(ofMembers)(
    '%s is refused for a member that there is not: %o',
    async (name, input, field, member) => {
      const absent = new Set([member]);
      await using books = await openBooks(engine, { peer: without(absent) });
      const once = { ...input, idempotencyKey: freshKey() };
      const unknown = { __typename: 'InvalidInput', code: 'MEMBER_UNKNOWN', field };
      expect((await act(books, name, once)).answer).toEqual(unknown);

      absent.clear();
      const { answer } = await act(books, name, once);
      expect(answer.__typename).not.toBe('InvalidInput');
      absent.add(member);
      expect((await act(books, name, once)).answer).toEqual(answer);
      expect((await act(books, name, input)).answer).toEqual(unknown);
    },
  );

  test('an account that its member has closed is merged into another one, and none into it', async () => {
    const peer: NonNullable<AloneOptions['peer']> = (name, { variables }) => {
      if (name !== 'members') return null;
      const [asked = []] = Object.values(variables ?? {}) as { id: string }[][];
      const statusOf = (id: string) => (id === 'eve' ? 'CLOSED' : 'ACTIVE');
      return { data: { _entities: asked.map(({ id }) => ({ id, status: statusOf(id) })) } };
    };
    await using books = await openBooks(engine, { peer });

    expect((await act(books, 'proposeMerge', MERGE)).answer.__typename).toBe('PointsMergeChanged');
    const back = { ...MERGE, fromMemberId: 'ann', intoMemberId: 'eve' };
    expect((await act(books, 'proposeMerge', back)).answer.code).toBe('MEMBER_UNKNOWN');
  });

  test.each([
    ['setIssuerCover', { ...of, points: 100 }],
    ['setPointsProgramme', PROGRAMME],
    ['proposeAdjustment', GOODWILL],
    ['importBalances', { ...of, importId: 'cafe', rows: [] }],
  ])('%s is refused for money', async (name, input) => {
    await using books = await openBooks(engine);

    expect((await act(books, name, { ...input, unit: 'CNY' })).answer).toEqual({
      ...{ __typename: 'InvalidInput', code: 'UNIT_IS_MONEY', field: 'unit' },
    });
  });

  test('another subgraph than merchants sets no programme, and does not learn which merchants there are', async () => {
    await using books = await openBooks(engine, { peer: knowing(new Set()) });
    const name = 'setPointsProgramme';
    const stranger = { ...merchants, subject: 'service:rewards-catalog' };

    expect((await act(books, name, PROGRAMME, stranger)).error?.code).toBe('FORBIDDEN');
    expect((await act(books, name, PROGRAMME, merchants)).answer.code).toBe('MERCHANT_UNKNOWN');
  });
});
