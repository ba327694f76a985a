import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { merchants } from '../../subgraphs/merchants/subgraph.ts';
import { engines } from '../support/engines.ts';
import { anonymous, asMerchant, freshKey, openAlliance, type World } from '../support/world.ts';
import { catalogWith, interruption } from './interruption.ts';

const PUBLISH = `mutation ($input: PublishRewardInput!) { publishReward(input: $input) {
  __typename
  ... on RewardPublished { reward { id terms category seller weekdays } }
  ... on InvalidInput { field }
  ... on NotLawful { findings { check severity field message source alternative } }
  ... on Refusal { code message } } }`;

const USE = `mutation ($input: UseVoucherInput!) { useVoucher(input: $input) {
  __typename ... on Refusal { code message } } }`;

const ticket = {
  title: { zh: '景区门票', en: 'Admission ticket' },
  kind: 'TICKET',
  details: { booking: { isWithoutSlots: true } },
  points: 800,
  cashPrice: { amountMinor: 8_000, currency: 'CNY' },
};

describe.each(engines)('the compliance guard over rewards on $name', (engine) => {
  const guard = interruption(merchants, 'Query', 'complianceOfReward');
  let world: World;
  let merchantId: string;

  beforeAll(async () => {
    world = await openAlliance(engine, { definitions: catalogWith(guard.definition) });
    merchantId = await world.merchant({ name: 'Park', industry: 'SCENIC_SPOT' });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const offer = (change: object = {}) => ({
    ...{ idempotencyKey: freshKey(), merchantId, ...ticket, ...change },
  });
  const publish = async (input: object, options: object = {}) =>
    (await world.data(PUBLISH, { input }, { as: asMerchant(merchantId), ...options }))
      .publishReward;
  const count = async () =>
    (await world.data('{ rewards(first: 1) { totalCount } }')).rewards.totalCount;

  test('S27: a ticket sold for every day is not offered for points on Monday to Thursday', async () => {
    const before = await count();
    const input = offer({ weekdays: [1, 2, 3, 4] });

    const english = await publish(input);
    const chinese = await publish(input, { locale: 'zh-CN' });

    expect(english).toEqual({
      __typename: 'NotLawful',
      code: 'NOT_LAWFUL',
      message: expect.stringContaining('One thing stands against it.'),
      findings: [
        {
          check: 'PARITY_VIOLATION',
          severity: 'BLOCKS',
          field: 'restrictions.weekdays',
          message: 'For points it is worse than for money: days of the week.',
          source: null,
          alternative:
            'Give the same slots, days, places, returns and after-sales for points as for money.',
        },
      ],
    });
    expect(chinese).toMatchObject({
      message: '有 1 项不合规，请见 findings：每项列明依据与合法的替代方案。',
      findings: [
        {
          message: '积分兑换的条件低于现金购买：可用星期。',
          alternative: '请使积分兑换与现金购买的时段、日期、地点、退换与售后一致。',
        },
      ],
    });
    expect(await count()).toBe(before);
  });

  test('S30: points give as many days as money, or more', async () => {
    const found = async (change: object) =>
      (await publish(offer(change))).findings?.map(({ field }: { field: string }) => field) ?? [];
    const cash = { weekdays: [1, 2, 3, 4], validDays: 30 };

    expect(await found({ weekdays: [4, 3, 2, 1], validDays: 30, cashOffer: cash })).toEqual([]);
    expect(await found({ weekdays: null, validDays: 31, cashOffer: cash })).toEqual([]);
    expect(await found({ weekdays: [1, 2], validDays: 29, cashOffer: cash })).toEqual([
      ...['restrictions.weekdays', 'restrictions.validDays'],
    ]);
    expect(await found({ weekdays: [6, 7], cashOffer: { weekdays: [6] } })).toEqual([]);
  });

  test('a reward that may be used on some days is not given out on others', async () => {
    // 2026-11-22 is a Sunday.
    const { reward } = await publish(
      offer({
        ...{ points: 100, cashPrice: { amountMinor: 1_000, currency: 'CNY' } },
        ...{ weekdays: [3, 1], cashOffer: { weekdays: [1, 3] } },
      }),
    );
    const memberId = await world.member();
    await world.purchase({ merchantId, memberId, amountMinor: 10_000 });
    const { redeem } = await world.data(
      `mutation ($input: RedeemInput!) { redeem(input: $input) {
        ... on RewardRedeemed { redemption { voucher { code } } } } }`,
      { input: { idempotencyKey: freshKey(), memberId, rewardId: reward.id } },
    );
    const use = async (options: object = {}) => {
      const voucherCode = redeem.redemption.voucher.code;
      const input = { idempotencyKey: freshKey(), merchantId, voucherCode };
      return (await world.data(USE, { input }, options)).useVoucher;
    };

    expect(await use()).toEqual({
      __typename: 'VoucherNotUsable',
      code: 'VOUCHER_NOT_TODAY',
      message: 'This voucher cannot be used on Sundays. It can be used next on 2026-11-23.',
    });
    expect((await use({ locale: 'zh-CN' })).message).toBe(
      '该券周日不可使用，下一个可用日为 2026-11-23。',
    );
    world.clock.set('2026-11-24T02:00:00Z');
    expect((await use()).message).toContain('2026-11-25');
    world.clock.set('2026-11-25T02:00:00Z');
    expect(await use()).toEqual({ __typename: 'VoucherUsed' });
  });

  test('S61, S64: a reward that keeps all points of what is given back is not published', async () => {
    const terms = (voluntaryFeePercent: number) =>
      publish(offer({ afterSales: { voluntaryFeePercent } }));
    expect(await terms(51)).toMatchObject({
      __typename: 'NotLawful',
      findings: [{ check: 'PARITY_VIOLATION', field: 'restrictions.hasAfterSales' }],
    });
    expect(await terms(50)).toMatchObject({ __typename: 'RewardPublished' });
  });

  test('a price in another currency than the contract’s is not published: nobody could tell what points are worth', async () => {
    for (const currency of ['USD', 'ZZZ']) {
      expect(
        await publish(offer({ points: 1, cashPrice: { amountMinor: 100_000_000, currency } })),
      ).toMatchObject({ __typename: 'InvalidInput', code: 'CURRENCY_NOT_OF_CONTRACT' });
    }
  });

  test('S61, R4: conditions that refuse returns are not published, lawful ones are shown', async () => {
    const refused = await publish(
      offer({ terms: { zh: '兑换商品后一律不支持退换', en: 'See the shop.' } }),
    );
    const terms = { zh: ' 凭券入园，7日内可退。 ', en: 'Show the voucher; returns in 7 days.' };
    const published = await publish(
      offer({ terms, category: 'tickets', seller: 'Valley Ltd', sellerCode: '91350100M000100Y43' }),
    );

    expect(refused.findings).toMatchObject([
      {
        check: 'UNFAIR_TERM',
        field: 'terms.zh',
        source: 'Law on the Protection of Consumer Rights and Interests, article 26',
      },
    ]);
    expect(published.reward).toMatchObject({
      terms: 'Show the voucher; returns in 7 days.',
      ...{ category: 'tickets', seller: 'Valley Ltd', weekdays: null },
    });
    const { reward } = await world.data(
      'query ($id: ID!) { reward(id: $id) { terms } }',
      { id: published.reward.id },
      { locale: 'zh-CN' },
    );
    expect(reward.terms).toBe('凭券入园，7日内可退。');
  });

  test('S60: everybody reads a reward in plain words, in either language, and can save it', async () => {
    const { reward: published } = await publish(offer());
    const read = async (language: string | null, locale: 'en' | 'zh-CN') =>
      (
        await world.data(
          `query ($id: ID!, $language: String) { reward(id: $id) { disclosure(language: $language) {
            language title summary text sha256 fileName } } }`,
          { id: published.id, language },
          { as: anonymous, locale },
        )
      ).reward.disclosure;

    const [english, chinese] = [await read(null, 'en'), await read('zh-CN', 'en')];

    expect(english).toMatchObject({ language: 'en', title: expect.stringMatching(/^Reward: /) });
    expect(english.sha256).toBe(createHash('sha256').update(english.text).digest('hex'));
    expect(english.fileName).toMatch(/^Reward-[^ :]+\.md$/);
    expect(chinese).toEqual(await read(null, 'zh-CN'));
    expect(chinese.text).toContain('## 要点');
    expect(chinese.sha256).not.toBe(english.sha256);
  });

  test('S60: a reward is told with what its merchant calls regions and tiers', async () => {
    const name = (kind: string, code: string, zh: string, en: string) =>
      world.data(`mutation ($input: NameCodesInput!) { nameCodes(input: $input) { __typename } }`, {
        input: {
          idempotencyKey: freshKey(),
          merchantId,
          kind,
          names: [{ code, name: { zh, en } }],
        },
      });
    await name('REGION', '310000', '上海', 'Shanghai');
    const { reward } = await publish(
      offer({
        regions: ['310000'],
        cashOffer: { regions: ['310000'] },
        minTier: 'SILVER',
        tierPrices: [{ tier: 'GOLD', points: 700 }],
      }),
    );
    const told = async (id: string, locale: 'en' | 'zh-CN') =>
      (
        await world.data(
          'query ($id: ID!) { reward(id: $id) { disclosure { summary } } }',
          { id },
          { as: anonymous, locale },
        )
      ).reward.disclosure.summary;
    const read = (locale: 'en' | 'zh-CN') => told(reward.id, locale);

    const chinese = await read('zh-CN');
    await name('TIER', 'GOLD', '金友', 'Golden friends');

    // What nobody has named otherwise is a tier of the alliance.
    expect(chinese).toEqual(
      expect.arrayContaining([
        '仅限以下地区：上海。',
        '仅限 银卡会员 及以上等级的会员。',
        '金卡会员及以上等级的会员每份 700 分。',
      ]),
    );
    expect(await read('en')).toEqual(
      expect.arrayContaining([
        'In these regions only: Shanghai.',
        'For members of the tier Gold and above one costs 700 points.',
      ]),
    );
    // What is told of a reward is for good: another name is that of rewards published later.
    expect(await read('zh-CN')).toEqual(chinese);
    const later = await publish(offer({ minTier: 'GOLD' }));
    expect(await told(later.reward.id, 'en')).toContain(
      'For members of the tier Golden friends and above only.',
    );
  });

  test('S67, S41: neither tobacco nor shares are exchanged for points, whatever they are called', async () => {
    const checks = async (change: object) =>
      (await publish(offer(change))).findings?.map(({ check }: { check: string }) => check);

    expect(await checks({ category: 'Tobacco' })).toEqual(['PROHIBITED_CATEGORY']);
    expect(await checks({ title: { zh: '香烟一条', en: 'A carton' } })).toEqual([
      'PROHIBITED_CATEGORY',
    ]);
    expect(await checks({ title: { zh: '原始股认购权', en: 'Right to subscribe' } })).toContain(
      'PROHIBITED_CLAIM',
    );
  });

  test('L9: who grants a point for a yuan gives no more than 30 yuan for 100 of its points', async () => {
    const worth = (amountMinor: number, change: object = {}) =>
      offer({ points: 100, cashPrice: { amountMinor, currency: 'CNY' }, ...change });

    expect((await publish(worth(3_001))).findings).toMatchObject([
      {
        check: 'REWARD_TOO_GENEROUS',
        field: 'points',
        message:
          'With its own rules the merchant would give back 30.01 % of a purchase in points; at most 30 % is allowed.',
        alternative: 'Ask for 101 points or more, or lower the rate first.',
      },
    ]);
    expect(await publish(worth(3_001, { points: 101 }))).toMatchObject({
      __typename: 'RewardPublished',
    });
    expect(await publish(worth(3_000))).toMatchObject({ __typename: 'RewardPublished' });
  });

  test('S65: nothing is published without who stands for it; members read its supplier and brand', async () => {
    const before = await count();
    const authorised = { grantor: 'Spring AG', number: 'A-2026-7', until: '2027-02-28' };
    const branded = {
      ...{ seller: 'Valley Ltd', sellerCode: '91350100M000100Y43', brand: 'Spring' },
      ...{ brandAuthorisation: authorised, offeredUntil: '2027-02-28T16:00:00Z' },
    };
    const cases: [change: object, field: string, code: string][] = [
      [{ sellerCode: null }, 'sellerCode', 'SELLER_NOT_IDENTIFIED'],
      [{ sellerCode: '91350100M000100Y34' }, 'sellerCode', 'SELLER_NOT_IDENTIFIED'],
      [{ seller: null }, 'seller', 'SELLER_NOT_NAMED'],
      [{ brand: null }, 'brand', 'BRAND_NOT_NAMED'],
      [{ offeredUntil: null }, 'offeredUntil', 'OFFERED_LONGER_THAN_AUTHORISED'],
      [
        { offeredUntil: '2027-02-28T16:00:00.001Z' },
        ...(['offeredUntil', 'OFFERED_LONGER_THAN_AUTHORISED'] as const),
      ],
      [
        { brandAuthorisation: { ...authorised, until: '2026-11-21' } },
        ...(['brandAuthorisation.until', 'BRAND_AUTHORISATION_OVER'] as const),
      ],
      [
        { brandAuthorisation: { ...authorised, grantor: ' ' } },
        ...(['brandAuthorisation.grantor', 'TEXT_NOT_USABLE'] as const),
      ],
    ];
    for (const [change, field, code] of cases) {
      for (const locale of ['en', 'zh-CN']) {
        expect(await publish(offer({ ...branded, ...change }), { locale }), code).toEqual({
          ...{ __typename: 'InvalidInput', field, code },
          message: expect.stringMatching(locale === 'en' ? /[a-z]\.$/ : /。$/),
        });
      }
    }
    expect(await count()).toBe(before);

    const published = await publish(offer(branded));
    const { reward } = await world.data(
      `query ($id: ID!) { reward(id: $id) { seller sellerCode brand
        brandAuthorisation { grantor number until }
        en: disclosure(language: "en") { text } zh: disclosure(language: "zh-CN") { text } } }`,
      { id: published.reward.id },
      { as: anonymous },
    );
    const { offeredUntil: _, ...told } = branded;
    expect(reward).toMatchObject(told);
    expect(reward.en.text).toContain('Registered as 91350100M000100Y43.');
    expect(reward.en.text).toContain(
      'Spring AG allows the brand to be used, by A-2026-7, until 2027-02-28.',
    );
    expect(reward.zh.text).toContain('统一社会信用代码：91350100M000100Y43。');
    expect(reward.zh.text).toContain(
      '品牌由 Spring AG 授权使用，授权文件 A-2026-7，有效期至 2027-02-28。',
    );
  });

  test('days and texts that cannot be used are refused by name', async () => {
    const cases: [object, string, string][] = [
      [{ weekdays: [] }, 'weekdays', 'WEEKDAYS_NOT_USABLE'],
      [{ weekdays: [1, 1] }, 'weekdays', 'WEEKDAYS_NOT_USABLE'],
      [{ cashOffer: { weekdays: [8] } }, 'cashOffer.weekdays', 'WEEKDAYS_NOT_USABLE'],
      [{ cashOffer: { validDays: 0 } }, 'cashOffer.validDays', 'VALID_DAYS_OUT_OF_RANGE'],
      [{ seller: ' ', sellerCode: '91350100M000100Y43' }, 'seller', 'TEXT_NOT_USABLE'],
      [{ terms: { zh: '好', en: '' } }, 'terms.en', 'TEXT_NOT_USABLE'],
      [{ category: 'x'.repeat(65) }, 'category', 'TEXT_NOT_USABLE'],
    ];
    for (const [change, field, code] of cases) {
      const answer = await publish(offer(change));
      expect(answer).toMatchObject({ __typename: 'InvalidInput', field, code });
    }
  });

  test('while the guard is out of reach nothing is published, and the same key may ask again', async () => {
    const before = await count();
    const input = offer();

    guard.isOut = true;
    const { errors } = await world.ask(PUBLISH, { input }, { as: asMerchant(merchantId) });
    guard.isOut = false;

    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('Nothing was published; ask again with the same key.'),
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      },
    ]);
    expect(await count()).toBe(before);
    expect(await publish(input)).toMatchObject({ __typename: 'RewardPublished' });
  });
});
