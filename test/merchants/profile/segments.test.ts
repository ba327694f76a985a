import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertRows } from '../../../shared/database/rows.ts';
import { members } from '../../../subgraphs/members/subgraph.ts';
import { countAudiences } from '../../../subgraphs/merchants/profile/queries/audience.ts';
import { catalogWith, interruption } from '../../rewards-catalog/interruption.ts';
import { engines } from '../../support/engines.ts';
import { anonymous, asMember, asMerchant, openAlliance, type World } from '../../support/world.ts';
import { suspend } from '../purchasing.ts';
import { quote } from '../rules/buying.ts';
import { openProgramme, PLAIN, published } from '../rules/life-cycle.ts';
import { deed } from '../standing.ts';
import {
  agree,
  agreeAll,
  askAsService,
  buyers,
  define,
  promote,
  recommended,
  sentTo,
  withdraw,
} from './consenting.ts';
import { anyCase, isMeant, openTables, putProfiles } from './random-profiles.ts';

describe.each(engines)('segments and promotions on $name', (engine) => {
  const outage = interruption(members, 'Member', '__resolveReference');
  const dress = { category: 'dress', amountMinor: 30_000 };
  const coat = { category: 'coat', amountMinor: 30_000 };
  let world: World;
  let merchantId: string;
  let ruleId: string;
  /** Twelve who often buy dresses, a profile and messages wanted; and others. */
  let fans: string[];
  let [optedOut, unprofiled, coats] = ['', '', ''];
  let [segmentId, promotionId] = ['', ''];

  beforeAll(async () => {
    world = await openAlliance(engine, { definitions: catalogWith(outage.definition) });
    const programme = await openProgramme(world);
    merchantId = programme.merchantId;
    const rule = await published(world, {
      programmeId: programme.programmeId,
      terms: {
        ...PLAIN,
        award: { multiplier: { numerator: 2 } },
        condition: { categories: ['dress'] },
      },
    });
    ruleId = rule.id;
    const all = await buyers(world, merchantId, [...Array(14).fill(dress), coat]);
    [optedOut = '', unprofiled = '', coats = ''] = all.splice(12);
    fans = all.toSorted();
    await agreeAll(world, [...fans, coats], 'PROFILING', 'MARKETING');
    await agree(world, optedOut, 'PROFILING');
    await agree(world, unprofiled, 'MARKETING');
    await world.settle();
    const asked = { as: asMerchant(merchantId) };
    segmentId = (await define(world, merchantId, {}, asked)).segment.id;
    const told = await promote(world, merchantId, { segmentId, ruleId }, asked);
    promotionId = told.promotion.id;
  });
  afterAll(async () => world[Symbol.asyncDispose]());

  const audienceOf = async (terms: object) =>
    (await define(world, merchantId, { ...terms })).segment.audience;

  test('S23: a dress of 300 yuan earns 600 points and a coat 300, whoever is told of it', async () => {
    for (const memberId of [fans[0], optedOut, unprofiled, coats]) {
      const pointsOf = async (line: object) => {
        const { awards } = await quote(world, {
          merchantId,
          memberId,
          lines: [{ sku: 'X', ...line }],
        });
        return awards.reduce((sum: number, { points }: { points: number }) => sum + points, 0);
      };
      expect([await pointsOf(dress), await pointsOf(coat)]).toEqual([600, 300]);
    }
  });

  test('S23: the audience is those who agree to a profile and to messages, and nobody who opted out', async () => {
    expect(await sentTo(world, promotionId, 5)).toEqual(fans);
  });

  test('a merchant is told whole tens, and of fewer than ten nothing', async () => {
    expect(await audienceOf({ categories: ['dress'] })).toBe(10);
    expect(await audienceOf({ categories: ['coat', 'dress'], ordersAtLeast: 2 })).toBe(10);
    expect(await audienceOf({ categories: ['dress'], ordersAtLeast: 3 })).toBeNull();
    expect(await audienceOf({ averageAtLeastMinor: 30_001 })).toBeNull();
    expect(await audienceOf({ averageAtLeastMinor: 30_000, categories: ['dress'] })).toBe(10);
    expect(await audienceOf({ categories: ['coat'] })).toBeNull();
    expect(await audienceOf({ categories: ['dress'], isRising: true })).toBeNull();
    expect(await audienceOf({ categories: ['dress'], sizes: ['M'] })).toBeNull();
  });

  test('a promotion is never aimed at fewer than ten', async () => {
    const { segment } = await define(world, merchantId, { categories: ['coat'] });
    const { promotion } = await promote(world, merchantId, { segmentId: segment.id });

    expect(await sentTo(world, promotion.id)).toEqual([]);
    await deed(world, 'withdrawPromotion', '', { promotionId: promotion.id });
  });

  test('a withdrawal holds at once for what is sent and shown, before anything is erased', async () => {
    const [quiet = '', gone = ''] = fans;
    await withdraw(world, quiet, 'MARKETING');
    await withdraw(world, gone, 'PROFILING');

    expect(await sentTo(world, promotionId)).toEqual(fans.slice(2));
    expect(await recommended(world, gone)).toMatchObject({ isPersonalised: false });
    await world.settle();
    expect(await sentTo(world, promotionId)).toEqual(fans.slice(2));

    await agree(world, quiet, 'MARKETING');
    await agree(world, gone, 'PROFILING');
    await world.settle();
    expect(await sentTo(world, promotionId)).toEqual(fans);
  });

  test('while members is out of reach nothing is sent, and what is shown is not personal', async () => {
    outage.isOut = true;
    const sent = sentTo(world, promotionId);
    await expect(sent).rejects.toThrow('SUBGRAPH_UNAVAILABLE');
    const shown = await recommended(world, fans[0] ?? '', { locale: 'zh-CN' });
    outage.isOut = false;

    expect(shown).toMatchObject({
      isPersonalised: false,
      note: '目前无法核实会员的同意情况，因此不使用画像，请稍后再试。',
    });
  });

  test('what fits comes first with the reason; without a profile all see the same, signed in or not', async () => {
    const { promotion: newer } = await promote(world, merchantId);
    const fan = fans[0] ?? '';
    const everybody = [newer.id, promotionId];
    const because = 'For what is bought at Shop: often buys dress.';

    expect(await recommended(world, fan, { as: asMember(fan) })).toEqual({
      isPersonalised: true,
      note: null,
      promotions: [
        [promotionId, because],
        [newer.id, null],
      ],
    });
    const general = everybody.map((id) => [id, null]);
    expect(await recommended(world, coats)).toMatchObject({
      isPersonalised: true,
      promotions: general,
    });
    expect(await recommended(world, unprofiled)).toMatchObject({
      isPersonalised: false,
      note: 'There is no consent to a profile, so everybody sees these in the same order.',
      promotions: general,
    });
    for (const as of [anonymous, asMember(fan), asMember(unprofiled)]) {
      const { promotions } = await world.data(
        `{ promotions(first: 10, filter: { state: { eq: OPEN } }) {
          nodes { id segment { id } rule { ruleVersion } } } }`,
        {},
        { as },
      );
      expect(promotions.nodes).toEqual([
        { id: newer.id, segment: null, rule: null },
        { id: promotionId, segment: null, rule: { ruleVersion: expect.any(String) } },
      ]);
    }
    expect(await recommended(world, fan, { as: asMember(coats) })).toEqual({ fault: 'FORBIDDEN' });
    await deed(world, 'withdrawPromotion', '', { promotionId: newer.id });
    expect((await recommended(world, fan)).promotions).toEqual([[promotionId, because]]);
  });

  test('an ended segment means nobody any more', async () => {
    const { segment } = await define(world, merchantId);
    const { promotion } = await promote(world, merchantId, { segmentId: segment.id });
    expect(await sentTo(world, promotion.id)).toEqual(fans);

    await deed(world, 'endSegment', '', { segmentId: segment.id }, { as: asMerchant(merchantId) });

    expect(await sentTo(world, promotion.id)).toEqual([]);
    expect((await recommended(world, fans[0] ?? '')).promotions).toContainEqual([
      promotion.id,
      null,
    ]);
    expect(await promote(world, merchantId, { segmentId: segment.id })).toMatchObject({
      code: 'SEGMENT_NOT_FOUND',
    });
  });

  test('segments are their own merchant’s alone', async () => {
    const other = await world.merchant();
    const as = asMerchant(other);
    const { segments } = await world.data('{ segments(first: 5) { nodes { id } } }', {}, { as });

    expect(segments.nodes).toEqual([]);
    expect(await define(world, merchantId, {}, { as })).toEqual({ fault: 'FORBIDDEN' });
    expect(await deed(world, 'endSegment', '', { segmentId }, { as })).toMatchObject({
      code: 'SEGMENT_NOT_FOUND',
    });
    expect(await deed(world, 'withdrawPromotion', '', { promotionId }, { as })).toMatchObject({
      code: 'PROMOTION_NOT_FOUND',
    });
    expect(await promote(world, other, { segmentId })).toMatchObject({ code: 'SEGMENT_NOT_FOUND' });
    expect(await promote(world, other, { ruleId })).toMatchObject({
      code: 'PROMOTED_RULE_NOT_FOUND',
    });
  });

  test('what cannot be used is refused with its field', async () => {
    for (const [terms, code, field] of [
      [{ isRising: false }, 'SEGMENT_SAYS_NOTHING', 'terms'],
      [{ categories: [] }, 'SEGMENT_VALUES_NOT_USABLE', 'terms.categories'],
      [{ sizes: ['M', ''] }, 'KEY_NOT_USABLE', 'terms.sizes.1'],
      [{ averageAtLeastMinor: 0 }, 'AMOUNT_NOT_POSITIVE', 'terms.averageAtLeastMinor'],
    ] as const) {
      expect(await define(world, merchantId, terms)).toMatchObject({ code, field });
    }
    expect(await define(world, 'nobody')).toMatchObject({ code: 'MERCHANT_NOT_FOUND' });
    for (const [input, code, field] of [
      [{ until: '2026-11-01T00:00:00Z' }, 'PROMOTION_PERIOD_NOT_USABLE', 'until'],
      [{ until: '2028-11-01T00:00:00Z' }, 'PROMOTION_PERIOD_NOT_USABLE', 'until'],
      [{ title: { zh: ' ', en: 'x' } }, 'TEXT_NOT_USABLE', 'title.zh'],
    ] as const) {
      expect(await promote(world, merchantId, input)).toMatchObject({ code, field });
    }
    expect(await promote(world, 'nobody')).toMatchObject({ code: 'MERCHANT_NOT_FOUND' });
  });

  test('a merchant has at most fifty segments at a time', async () => {
    const other = await world.merchant();
    const database = await openTables(world.databaseUrl);
    const columns = [
      'id',
      'merchant_id',
      'name_zh',
      'name_en',
      'terms',
      'defined_by',
      'defined_ms',
    ];
    await database.transaction((manager) =>
      insertRows(
        manager,
        'merchants_segment',
        columns,
        Array.from({ length: 49 }, (_, n) => [`${other}-${n}`, other, '', '', '{}', '', 0]),
      ),
    );
    await database.close();

    const last = await define(world, other);
    expect(last.__typename).toBe('SegmentChanged');
    expect(await define(world, other)).toMatchObject({ code: 'TOO_MANY_SEGMENTS' });
    await deed(world, 'endSegment', '', { segmentId: last.segment.id });
    expect((await define(world, other)).__typename).toBe('SegmentChanged');
  });

  test('L12: forbidden words stop a promotion as they stop a rule', async () => {
    const text = { zh: '会员消费返本，积分保本增值', en: 'Come and see.' };

    expect(await promote(world, merchantId, { text })).toMatchObject({
      __typename: 'NotLawful',
      findings: expect.arrayContaining([{ check: 'PROHIBITED_CLAIM', field: 'text.zh' }]),
    });
  });

  test('a suspended merchant tells of nothing new', async () => {
    const other = await world.merchant();
    await suspend(world, other);

    expect(await promote(world, other)).toMatchObject({ code: 'MERCHANT_NOT_ACTIVE' });
  });

  test('the feed tells that there is a promotion, and of nobody whom it means', async () => {
    const { merchantsFeed } = await askAsService(
      world,
      '{ merchantsFeed(after: 0, first: 1000) { kind payload } }',
    );
    const told = merchantsFeed.filter(({ kind }: { kind: string }) =>
      kind.startsWith('promotion.'),
    );

    expect(told[0]).toEqual({
      kind: 'promotion.published',
      payload: JSON.stringify({ promotionId, merchantId, isForSegment: true }),
    });
    expect(told.filter(({ payload }: { payload: string }) => payload.includes('ember'))).toEqual(
      [],
    );
  });

  test('a segment means exactly those whose profile has all that it says', async () => {
    const database = await openTables(world.databaseUrl);
    let meant = 0;
    try {
      await fc.assert(
        fc.asyncProperty(anyCase, async ({ profiles, terms }) => {
          await putProfiles(database, merchantId, profiles);
          const counts = await countAudiences(database.reader, [{ id: 's', merchantId, terms }]);
          const expected = profiles.filter((profile) => isMeant(profile, terms)).length;
          expect(counts.get('s')).toBe(expected);
          meant += expected;
        }),
        { numRuns: 30 },
      );
    } finally {
      await database.close();
    }
    expect(meant).toBeGreaterThan(0);
  });
});
