import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/engines.ts';
import {
  anonymous,
  asMember,
  asMerchant,
  openAlliance,
  operator,
  type World,
} from '../../support/world.ts';
import { draft, openProgramme, PLAIN, published, ruleAs } from '../rules/life-cycle.ts';
import { deed } from '../standing.ts';

describe.each(engines)('names in disclosures on $name', (engine) => {
  let world: World;
  let merchantId: string;
  let programmeId: string;

  beforeAll(async () => {
    world = await openAlliance(engine);
    ({ merchantId, programmeId } = await openProgramme(world));
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const name = (given: object, as = asMerchant(merchantId), locale?: 'zh-CN') =>
    deed(
      world,
      'nameCodes',
      `... on InvalidInput { field } ... on NotLawful { findings { check field } }
       ... on CodesNamed { names { kind code name isOfAlliance } }`,
      { merchantId, kind: 'CATEGORY', ...given },
      { as, ...(locale && { locale }) },
    );
  const called = (code: string, zh: string, en: string) => ({ code, name: { zh, en } });
  const terms = (condition: object, more: object = {}) => ({
    ...{ ...PLAIN, award: { multiplier: { numerator: 2 }, group: 'one' } },
    ...{ condition, ...more },
  });
  const summaryOf = async (ruleId: string, language: string) =>
    (await ruleAs(world, ruleId, {}, `disclosure(language: "${language}") { summary }`)).disclosure
      .summary as string[];

  test('a code is told by the name that the merchant gives it, else by that of the alliance', async () => {
    const whole = {
      merchantId: null,
      names: [called('hat', '帽子', 'hats'), called('tea', '茶', 'tea')],
    };
    await name(whole, operator);
    const own = await name({ names: [called('hat', ' 草帽 ', 'straw hats')] });
    await name({
      kind: 'PAYMENT_INSTRUMENT',
      names: [called('GREEN_CARD', '绿色信用卡', 'the green card')],
    });
    const { rule } = await draft(world, {
      programmeId,
      terms: terms({ categories: ['hat', 'tea', 'shoe'], paymentInstruments: ['GREEN_CARD'] }),
    });

    expect(own.names).toEqual([
      { kind: 'CATEGORY', code: 'hat', name: 'straw hats', isOfAlliance: false },
      { kind: 'CATEGORY', code: 'tea', name: 'tea', isOfAlliance: true },
    ]);
    expect(await summaryOf(rule.id, 'en')).toEqual(
      expect.arrayContaining([
        'Only goods of these categories count: straw hats, tea, “shoe”.',
        'Only when you pay with: the green card.',
      ]),
    );
    expect(await summaryOf(rule.id, 'zh-CN')).toEqual(
      expect.arrayContaining([
        '只计以下类别的商品：草帽、茶、“shoe”。',
        '只限以下支付方式：绿色信用卡。',
      ]),
    );
  });

  test('a store is told by its own name', async () => {
    // As long as a merchant has opened no store, a rule may name any.
    const { rule } = await draft(world, { programmeId, terms: terms({ stores: ['S1', 'S9'] }) });
    const opened = await deed(
      world,
      'openStore',
      '... on StoreOpened { store { code } } ... on InvalidInput { field }',
      {
        merchantId,
        store: { code: 'S1', name: { zh: '滨江店', en: 'Riverside' }, address: '1 Quay' },
      },
      { as: asMerchant(merchantId) },
    );

    expect(opened.store).toEqual({ code: 'S1' });
    expect(await summaryOf(rule.id, 'en')).toContain('Only in these stores: Riverside, “S9”.');
  });

  test('a quote says by the same names why a rule pays nothing, in the language of who asks', async () => {
    await name({ names: [called('scarf', '围巾', 'scarves')] });
    await name({ kind: 'TIER', names: [called('GOLD', '金卡', 'Gold card')] });
    await published(world, {
      programmeId,
      terms: terms({
        categories: ['scarf', 'glove'],
        tiers: ['GOLD', 'SILVER'],
        channels: ['ONLINE'],
      }),
    });
    const asked = (locale: 'en' | 'zh-CN') =>
      world.data(
        `query ($input: QuoteAccrualInput!) { quoteAccrual(input: $input) {
          notApplied { reasons { code message } } } }`,
        { input: { merchantId, tier: 'STANDARD', lines: [{ amountMinor: 100 }] } },
        { locale },
      );
    const [english, chinese] = [await asked('en'), await asked('zh-CN')];

    expect(english.quoteAccrual.notApplied[0].reasons).toEqual([
      { code: 'RULE_CHANNEL', message: 'Only by the channels ONLINE.' },
      {
        code: 'RULE_TIER',
        message: 'Only for the tiers Gold card, SILVER; the tier is STANDARD.',
      },
      { code: 'RULE_CATEGORY', message: 'No line is of the categories scarves, glove.' },
    ]);
    const messages = chinese.quoteAccrual.notApplied[0].reasons.map(
      (one: { message: string }) => one.message,
    );
    expect(messages).toEqual([
      '仅限渠道 ONLINE。',
      '仅限会员等级 金卡、SILVER，当前等级为 STANDARD。',
      '没有属于类别 围巾、glove 的商品行。',
    ]);
  });

  test('what was published keeps the names of its day', async () => {
    await name({ names: [called('coat', '大衣', 'coats')] });
    const first = await published(world, { programmeId, terms: terms({ categories: ['coat'] }) });
    await name({ names: [called('coat', '外套', 'jackets')] });

    expect(await summaryOf(first.id, 'en')).toContain(
      'Only goods of these categories count: coats.',
    );
    const { merchant } = await world.data(
      'query ($id: ID!) { merchant(id: $id) { codeNames { kind code name } } }',
      { id: merchantId },
      { as: anonymous, locale: 'zh-CN' },
    );
    expect(merchant.codeNames).toContainEqual({ kind: 'CATEGORY', code: 'coat', name: '外套' });
  });

  test('names that members may not read, or nobody can use, are refused by name', async () => {
    expect(await name({ names: [called('vip', '分红专区', 'Dividend corner')] })).toMatchObject({
      __typename: 'NotLawful',
      findings: expect.arrayContaining([{ check: 'PROHIBITED_CLAIM', field: 'names.0.name.zh' }]),
    });
    const cases: [object[], string, string][] = [
      [[], 'names', 'NAMES_OUT_OF_RANGE'],
      [Array(201).fill(called('a', '甲', 'A')), 'names', 'NAMES_OUT_OF_RANGE'],
      [[called(' a', '甲', 'A')], 'names.0.code', 'KEY_NOT_USABLE'],
      [[called('a', '甲', ' ')], 'names.0.name.en', 'TEXT_NOT_USABLE'],
      [[called('a', '甲', 'A'), called('a', '乙', 'B')], 'names.1.code', 'CODE_REPEATED'],
    ];
    for (const [names, field, code] of cases) {
      expect(await name({ names })).toMatchObject({ __typename: 'InvalidInput', field, code });
    }
    const chinese = await name({ names: [] }, asMerchant(merchantId), 'zh-CN');
    expect(chinese.message).toBe('names：一次命名 1 至 200 个代码。');
  });

  test('nobody names the codes of others, and the operator alone those of the alliance', async () => {
    const names = [called('a', '甲', 'A')];
    const other = asMerchant(await world.merchant());

    expect(await name({ names }, other)).toEqual({ fault: 'FORBIDDEN' });
    expect(await name({ names, merchantId: null })).toEqual({ fault: 'FORBIDDEN' });
    expect(await name({ names }, asMember('m'))).toEqual({ fault: 'FORBIDDEN' });
    expect(await name({ names, merchantId: 'nobody' }, operator)).toMatchObject({
      code: 'MERCHANT_NOT_FOUND',
    });
  });
});
