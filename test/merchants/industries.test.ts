import { describe, expect, test } from 'vitest';
import { industryPacks } from '../../subgraphs/merchants/standing/domain/industry.ts';
import { engines } from '../support/engines.ts';
import { anonymous, asMerchant, openAlliance, type World } from '../support/world.ts';
import { programmeOf } from './compliance-rules.ts';
import { draft, PLAIN, publish, review } from './rules/life-cycle.ts';
import { deed } from './standing.ts';

/** What each trade asks for beside what all ask for: licence, facts that are needed, facts that may be. */
const packs: readonly (readonly [string, boolean, string, string])[] = [
  ['SUPERMARKET', false, '', ''],
  ['MOTHER_AND_BABY', false, '', ''],
  ['CLOTHING', false, '', ''],
  ['PET', false, '', ''],
  ['RETAIL', false, '', ''],
  ['RESTAURANT', true, '', ''],
  ['JEWELLERY', false, 'LARGE_ORDER_MINOR', 'SELLS_BULLION'],
  ['TELECOM', true, 'CONTRACT_MONTHS_DISCLOSED', 'POINTS_PAY_BILLS'],
  ['HOTEL', true, 'POINTS_NIGHTS_EQUAL_PAID_NIGHTS', 'BLACKOUT_DAYS'],
  ['SCENIC_SPOT', false, 'TICKET_PARITY', 'BLACKOUT_DAYS'],
  ['AIRLINE', true, 'MILEAGE_VALIDITY_DISCLOSED MILEAGE_REFUND_DAYS', 'SEAT_LIMITS'],
  ['RAIL', true, 'MILEAGE_VALIDITY_DISCLOSED', ''],
  ['BANK', true, 'CARD_PROGRAMME', ''],
];

test.each(packs)(
  'S72: what a merchant of the trade %s shows and states',
  (industry, isLicensed, needed, optional) => {
    const pack = industryPacks[industry as keyof typeof industryPacks];
    const facts = (isNeeded: boolean) =>
      Object.entries(pack.facts)
        .filter(([, fact]) => fact.isNeeded === isNeeded)
        .map(([name]) => name)
        .join(' ');

    expect(pack.requiredDocuments).toEqual([
      'CREDIT_CERTIFICATE',
      'THIRD_PARTY_ASSESSMENT',
      'FILING',
      ...(isLicensed ? ['OPERATING_LICENCE'] : []),
    ]);
    expect(facts(true)).toBe(needed);
    expect(facts(false)).toBe(optional);
  },
);

test('S72: no trade is without its pack', () => {
  expect(packs.map(([industry]) => industry).toSorted()).toEqual(
    Object.keys(industryPacks).toSorted(),
  );
});

const PACK = `industryPack { requiredDocuments missingFacts facts { name kind isNeeded value } }`;

const state = (
  world: World,
  merchantId: string,
  facts: readonly (readonly [string, string])[],
  as = asMerchant(merchantId),
) =>
  deed(
    world,
    'stateIndustryFacts',
    `... on IndustryFactsStated { merchant { ${PACK} } } ... on InvalidInput { field }`,
    { merchantId, facts: facts.map(([name, value]) => ({ name, value })) },
    { as },
  );

describe.each(engines)('trades on $name', (engine) => {
  test('S72: an airline shows a licence and states its mileage terms, in public', async () => {
    await using world = await openAlliance(engine);
    const airline = await world.merchant({ industry: 'AIRLINE', facts: {} });
    const read = async () =>
      (
        await world.data(
          `query ($id: ID!) { merchant(id: $id) { ${PACK} } }`,
          { id: airline },
          { as: anonymous },
        )
      ).merchant.industryPack;
    expect((await read()).missingFacts).toEqual([
      'MILEAGE_VALIDITY_DISCLOSED',
      'MILEAGE_REFUND_DAYS',
    ]);

    await state(world, airline, [
      ['MILEAGE_VALIDITY_DISCLOSED', 'false'],
      ['MILEAGE_REFUND_DAYS', '30'],
    ]);
    await state(world, airline, [['MILEAGE_VALIDITY_DISCLOSED', ' true ']]);

    const pack = await read();
    expect(pack.missingFacts).toEqual([]);
    expect(pack.requiredDocuments).toContain('OPERATING_LICENCE');
    expect(pack.facts).toEqual([
      { name: 'MILEAGE_VALIDITY_DISCLOSED', kind: 'FLAG', isNeeded: true, value: 'true' },
      { name: 'MILEAGE_REFUND_DAYS', kind: 'DAYS', isNeeded: true, value: '30' },
      { name: 'SEAT_LIMITS', kind: 'TEXT', isNeeded: false, value: null },
    ]);
  });

  test('S72: a hotel publishes no rule before it states that nights for points equal paid ones', async () => {
    await using world = await openAlliance(engine);
    const hotel = await world.merchant({ industry: 'HOTEL', facts: {} });
    const programmeId = await programmeOf(world, hotel);
    const terms = {
      ...PLAIN,
      title: { zh: '住店积分', en: 'Nights' },
      award: { rate: { points: 2 } },
    };
    const { rule } = await draft(world, { programmeId, key: programmeId, terms });
    await review(world, rule.id);
    const found = async () =>
      (await publish(world, rule.id, {})).findings?.map(
        ({ check, message }: { check: string; message: string }) => [check, message],
      );

    expect(await found()).toEqual([
      [
        'INDUSTRY_FACT_MISSING',
        'The merchant has not stated what its trade has to state: whether nights for points equal paid nights.',
      ],
    ]);
    await state(world, hotel, [['POINTS_NIGHTS_EQUAL_PAID_NIGHTS', 'false']]);
    expect(await found()).toEqual([
      [
        'INDUSTRY_DUTY_UNMET',
        'By what the merchant has stated, members do not get what its trade owes them: the same nights for points as for money.',
      ],
    ]);
    await state(world, hotel, [
      ['POINTS_NIGHTS_EQUAL_PAID_NIGHTS', 'true'],
      ['BLACKOUT_DAYS', '春节七天'],
    ]);
    expect(await found()).toMatchObject([
      ['INDUSTRY_FACT_UNTOLD', expect.stringContaining('春节')],
    ]);
    await state(world, hotel, [['BLACKOUT_DAYS', '无']]);
    expect(await found()).toBeUndefined();
  });

  test('what a trade does not ask for, and what is no fact of its kind, is refused', async () => {
    await using world = await openAlliance(engine);
    const [jeweller, other] = [
      await world.merchant({ industry: 'JEWELLERY' }),
      await world.merchant(),
    ];

    expect(await state(world, jeweller, [['TICKET_PARITY', 'true']])).toMatchObject({
      code: 'FACT_UNKNOWN',
      field: 'facts.0.name',
    });
    for (const value of ['-1', '1.5', '', 'many', '9'.repeat(16)]) {
      expect(await state(world, jeweller, [['LARGE_ORDER_MINOR', value]])).toMatchObject({
        code: 'FACT_NOT_USABLE',
        field: 'facts.0.value',
      });
    }
    expect(await state(world, jeweller, [['SELLS_BULLION', 'yes']])).toMatchObject({
      code: 'FACT_NOT_USABLE',
    });
    expect(
      await state(world, jeweller, [
        ['SELLS_BULLION', 'true'],
        ['SELLS_BULLION', 'false'],
      ]),
    ).toMatchObject({ code: 'FACT_REPEATED' });
    expect(await state(world, jeweller, [], asMerchant(other))).toEqual({ fault: 'FORBIDDEN' });
  });
});
