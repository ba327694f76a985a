import { describe, expect, test } from 'vitest';
import { findingsOfTexts } from '../../subgraphs/merchants/compliance/domain/findings-of.ts';
import { usualTerms } from '../../subgraphs/rewards-catalog/aftersales/domain/terms.ts';
import type { CodeNames } from '../../subgraphs/rewards-catalog/domain/code-names.ts';
import { type DisclosedReward, disclose } from '../../subgraphs/rewards-catalog/domain/disclose.ts';
import type { Details } from '../../subgraphs/rewards-catalog/offers/domain/details.ts';

const ticket: DisclosedReward = {
  id: 'R-1',
  kind: 'TICKET',
  details: { booking: { isWithoutSlots: true } },
  sellerCode: null,
  brand: '云谷',
  brandAuthorisation: null,
  certificateNumber: 'C-7',
  codeNames: null,
  tierPrices: [],
  fulfilHours: null,
  afterSales: usualTerms,
  cashPartMinor: null,
  offeredFrom: null,
  offeredUntil: null,
  regions: null,
  minTier: null,
  limitPerDay: null,
  limitInAll: null,
  perOrder: 1,
  duringOrder: null,
  titleZh: '景区门票',
  titleEn: 'Admission ticket',
  points: 12_000,
  unit: 'ALLIANCE',
  cashMinor: 9_600,
  cashCurrency: 'CNY',
  validDays: 90,
  termsZh: '凭券入园。\n7日内可退。',
  termsEn: 'Show the voucher.',
  seller: '云谷景区',
  weekdays: [7, 6],
  stock: 3,
  // In Beijing it is the 23rd.
  publishedAt: new Date('2026-11-22T16:30:00Z'),
};

const IN_CHINESE = `# 兑换说明：景区门票

## 要点

- **每份 12,000 联盟积分。**
- **现金价 96 元，折合每 10 分 0.08 元。**
- **无需预约。**
- **兑换后得到一张券，自兑换当日起 90 天内可用：例如 2026年11月23日兑换，最后可用日为 2027年2月20日。**
- **仅限周六、周日使用。**
- **数量有限，兑完为止；余量随时可查。**

## 使用条件

- 凭券入园。 7日内可退。
- 在使用或交付之前可以撤销兑换，积分全部退回。
- 如与宣传不符或未能提供，积分全部退回，有效期不少于 6 个月。

## 由谁提供

- 由 云谷景区 提供并负责。
- 品牌：云谷。
- 证书编号：C-7。
- 用积分兑换与用现金购买，质量和售后没有差别。

## 积分是什么

- 积分是发放商家给予的消费优惠，不是货币，不是存款，不是证券，也不是投资；不能兑换现金，不产生利息。

## 版本与日期

- 编号 R-1，2026年11月23日公布。
- 所需积分、商家和条件不会更改；如有变动，将另行刊登新的兑换品。已经发出的券继续有效。
`;

describe('S60: a reward in plain words', () => {
  test('says all that holds for it, what matters first', () => {
    expect(disclose(ticket, 'zh-CN')).toMatchObject({ language: 'zh-CN', text: IN_CHINESE });
    expect(disclose(ticket, 'en').summary).toEqual([
      'One costs 12,000 alliance points.',
      'It costs 96 yuan in money, which makes 0.08 yuan for 10 points.',
      'You need no appointment.',
      'You get a voucher that is good for 90 days from the day on which you exchange it: what you exchange on 2026-11-23 can be used until 2027-02-20.',
      'It can be used on Saturdays, Sundays only.',
      'There are only so many; how many are left is always shown.',
    ]);
  });

  test.each([
    [{ unit: 'MILES', points: 1 }, 0, "One costs 1 point of the merchant's own (MILES)."],
    [{ points: 7 }, 1, 'It costs 96 yuan in money.'],
    [{ cashMinor: 0 }, 1, 'It costs 0 yuan in money.'],
    [
      { points: 100, cashMinor: 1_050, cashCurrency: 'EUR' },
      1,
      'It costs EUR 10.50 in money, which makes EUR 1.05 for 10 points.',
    ],
    [
      { fulfilHours: 48 },
      3,
      'The merchant hands it over within 48 hours of the exchange, without a voucher; else all points come back.',
    ],
    [{ weekdays: null }, 4, 'It can be used on every day.'],
    [{ stock: null }, 5, 'There is no limit to how many there are.'],
  ])('%j: %i %s', (given, place, sentence) => {
    expect(disclose({ ...ticket, ...given }, 'en').summary[place]).toBe(sentence);
  });

  test.each<[Details, readonly string[], readonly string[]]>([
    [
      { booking: { isWithoutSlots: false } },
      ['须预约时段，可约时段随时可查。'],
      ['You book a time for it; the times that are free are always shown.'],
    ],
    [
      { voucher: { faceMinor: 5_000, thresholdMinor: 20_000, categories: [], skus: [] } },
      ['消费满 200 元减 50 元。', '全部商品可用。'],
      ['It takes 50 yuan off a purchase of 200 yuan or more.', 'It is good for all goods.'],
    ],
    [
      { voucher: { faceMinor: 5_050, thresholdMinor: 0, categories: ['茶'], skus: ['T-1'] } },
      ['消费时抵 50.50 元。', '仅限：茶、T-1。'],
      ['It takes 50.50 yuan off a purchase.', 'It is good for these only: 茶, T-1.'],
    ],
    [
      { upgrade: { skus: ['ROOM'], withinDays: 1 } },
      [
        '用于您本人在该商家含有以下商品之一的有效订单，每件限用一次：ROOM。',
        '自下单起 1 天内可用。',
      ],
      [
        'It makes an order of your own at the merchant better, once for each of these that you keep: ROOM.',
        'It can be used within 1 day of the order.',
      ],
    ],
    [
      { billCredit: { provider: '同语通信', creditMinor: 1_000 } },
      ['10 元存入您在同语通信的账户。'],
      ['10 yuan are put to your account with 同语通信.'],
    ],
    [
      { dataPack: { carrier: '同语', plan: '10 GB', megabytes: 10_240 } },
      ['同语“10 GB”，流量 10,240 MB。'],
      ['10,240 MB of data: 同语, 10 GB.'],
    ],
    [
      { charging: { stations: ['东站', '西站'], wattHours: 20_000 } },
      ['充电 20,000 瓦时。', '可用站点：东站、西站。'],
      ['20,000 watt-hours of charging.', 'At these stations: 东站, 西站.'],
    ],
    [
      {
        donation: {
          charity: { zh: '图书基金会', en: 'Book Fund' },
          registrationNumber: '53100000MJ0001',
          fundraisingNumber: 'F-1',
          project: { zh: '乡村图书角', en: 'village libraries' },
        },
      },
      [
        '捐给图书基金会，用于乡村图书角。',
        '统一社会信用代码 53100000MJ0001，公开募捐资格证书 F-1。',
      ],
      [
        'It is given to Book Fund, for village libraries.',
        'Registered as 53100000MJ0001, allowed to ask for donations by F-1.',
      ],
    ],
    [
      { tierBenefit: { percentOff: 10, category: null } },
      ['购买任何商品，价格减 10%。'],
      ['10% off the price of all goods.'],
    ],
    [
      { billOffset: { maxPercent: 30, thresholdMinor: 10_000 } },
      ['积分最多支付账单的 30%。', '账单须满 100 元。'],
      ['Points pay 30% of a bill at most.', 'The bill has to come to 100 yuan at least.'],
    ],
  ])('what its kind says is told: %j', (details, chinese, english) => {
    for (const [language, sentences] of [
      ['zh-CN', chinese],
      ['en', english],
    ] as const) {
      const { summary } = disclose({ ...ticket, details }, language);
      expect(summary.slice(2, 2 + sentences.length)).toEqual(sentences);
      // For a time that is booked one sentence says when; else there are its days and its weekdays.
      const isBooked = details.booking?.isWithoutSlots === false;
      expect(summary).toHaveLength((isBooked ? 4 : 5) + sentences.length);
    }
  });

  test('who may have it, when, where and how often is told', () => {
    const limits = {
      details: null,
      cashPartMinor: 1_050,
      offeredFrom: new Date('2026-11-30T16:00:00Z'),
      offeredUntil: new Date('2026-12-31T16:00:00Z'),
      regions: ['310000', '110000'],
      minTier: 'GOLD',
      limitPerDay: 1,
      limitInAll: 3,
      perOrder: 2,
    };

    expect(disclose({ ...ticket, ...limits }, 'zh-CN').summary.slice(2, 10)).toEqual([
      '另付现金 10.50 元。',
      '自北京时间 2026-12-01 00:00 起可以兑换。',
      '北京时间 2027-01-01 00:00 之前可以兑换。',
      '仅限以下地区：310000、110000。',
      '仅限 GOLD 及以上等级的会员。',
      '每位会员每天最多兑换 1 份。',
      '每位会员累计最多兑换 3 份。',
      '一笔订单最多同时使用 2 张券。',
    ]);
    expect(disclose({ ...ticket, ...limits }, 'en').summary.slice(2, 10)).toEqual([
      'You pay 10.50 yuan beside the points.',
      'It can be had from 2026-12-01 00:00 on, Beijing time.',
      'It can be had before 2027-01-01 00:00, Beijing time.',
      'In these regions only: 310000, 110000.',
      'For members of the tier GOLD and above only.',
      'Each member has 1 of it a day at most.',
      'Each member has 3 of it in all at most.',
      'An order takes 2 vouchers together at most.',
    ]);
  });

  test('S58, S7: names stand for codes; prices by tier and how many an order takes are told', () => {
    const voucher = { faceMinor: 5_000, thresholdMinor: 0, categories: ['tea'], skus: ['T-1'] };
    const codeNames: CodeNames = [
      { kind: 'TIER', code: 'GOLD', zh: '金卡', en: 'Gold card' },
      { kind: 'REGION', code: '310000', zh: '上海', en: 'Shanghai' },
      { kind: 'CATEGORY', code: 'tea', zh: '茶', en: 'teas' },
      { kind: 'SKU', code: 'T-1', zh: '红罐', en: 'the red tin' },
    ];
    const told = {
      ...ticket,
      kind: 'VOUCHER' as const,
      details: { voucher },
      regions: ['310000', '110000'],
      minTier: 'GOLD',
      tierPrices: [
        { tier: 'GOLD', points: 9_000 },
        { tier: 'SILVER', points: 1 },
      ],
      codeNames,
    };

    expect(disclose(told, 'en').summary.slice(2, 9)).toEqual([
      'It takes 50 yuan off a purchase.',
      'It is good for these only: teas, the red tin.',
      'For members of the tier Gold card and above one costs 9,000 points.',
      'For members of the tier SILVER and above one costs 1 point.',
      'In these regions only: Shanghai, 110000.',
      'For members of the tier Gold card and above only.',
      'An order takes one voucher at most.',
    ]);
    const chinese = disclose(told, 'zh-CN').summary;
    expect(chinese).toContain('金卡及以上等级的会员每份 9,000 分。');
    expect(chinese).toContain('一笔订单最多同时使用 1 张券。');
    expect(disclose({ ...told, perOrder: 3 }, 'en').summary).toContain(
      'An order takes 3 vouchers together at most.',
    );
    const benefit = { tierBenefit: { percentOff: 10, category: 'tea' } };
    expect(disclose({ ...told, details: benefit }, 'en').text).toContain(
      '10% off the price of teas.',
    );
    const upgrade = { upgrade: { skus: ['T-1'], withinDays: null } };
    expect(disclose({ ...told, details: upgrade }, 'en').text).toContain('the red tin');
  });

  test('what it does not state is told as well, and a new piece in stock changes nothing', () => {
    const plain = { ...ticket, termsZh: null, termsEn: null, seller: null };

    const { text } = disclose(plain, 'en');

    expect(text).toContain('- There are no other terms.\n');
    expect(text).toContain('- The merchant that offers it provides it and stands for it.\n');
    expect(disclose({ ...plain, stock: 4 }, 'en').text).toBe(text);
    const donation = disclose({ ...plain, kind: 'DONATION' }, 'en').text;
    expect(donation).toContain('You get a certificate of the donation.');
    expect(donation).not.toContain('voucher');
    expect(donation).not.toContain('as for money');
  });

  test('the guard has nothing against its own sentences', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const { text } = disclose(ticket, language);
      expect(findingsOfTexts([{ field: 'text', text }], { about: 'POINTS' })).toEqual([]);
    }
  });

  test('S58, S64: what is kept of the points, and what comes back when it is not as promised, is told', () => {
    const afterSales = {
      ...usualTerms,
      ...{ feePercent: 50, keepsLapsed: false, compensationPercent: 10, goodForMonths: 12 },
    };
    const told = { ...ticket, afterSales };
    const { text } = disclose(told, 'en');
    expect(text).toContain(
      'of your own will, 50% of the points are kept, rounded down, and the rest comes back; points that lapsed meanwhile do not.',
    );
    expect(text).toContain(
      'good for 12 months at least, and the merchant adds 10% of them, rounded down.',
    );
    expect(text).not.toContain('You can undo the exchange');
    const chinese = disclose(told, 'zh-CN').text;
    expect(chinese).toContain(
      '自愿退回扣除所用积分的 50%（向下取整），其余退回，届时已到期的积分不再退回。',
    );
    // What waits for its merchant is undone before it is completed: nothing is kept.
    expect(disclose({ ...told, fulfilHours: 5 }, 'en').text).toContain(
      'You can undo the exchange before it is used or handed over; all points come back.',
    );
    expect(disclose({ ...told, kind: 'PRODUCT', details: null }, 'en').text).toContain(
      'Within seven days of receiving the goods',
    );
  });

  test('a donation tells its fee, and until when it is undone', () => {
    const cause = { ...ticket, kind: 'DONATION' as const, details: null };
    expect(disclose(cause, 'en').text).toContain(
      'You can undo the exchange before it is handed over to the charity; all points come back.',
    );
    const afterSales = { ...usualTerms, feePercent: 50 };
    const { text } = disclose({ ...cause, afterSales }, 'en');
    expect(text).toContain('before it is handed over to the charity: of your own will, 50%');
    expect(text).not.toContain('all points come back');
  });

  test('points at the till bring no voucher, and those of a stay are good no longer than it', () => {
    const offset = disclose(
      {
        ...ticket,
        kind: 'BILL_OFFSET',
        details: { billOffset: { maxPercent: 50, thresholdMinor: 0, maxMinor: null } },
      },
      'en',
    ).text;
    expect(offset).not.toMatch(/You get a voucher|undo the exchange/);
    expect(offset).toContain('there is no voucher');
    expect(offset).toContain('For each 12,000 alliance points 96 yuan comes off the bill.');
    expect(offset).not.toContain('in money');
    const stay = disclose({ ...ticket, duringOrder: { skus: [] } }, 'en').text;
    expect(stay).not.toContain('good for 90 days');
  });

  test('what a merchant wrote makes no lines, headings or tags of its own', () => {
    const titleEn = 'Bad\n# Head **a** <img src=x>\n- **It costs nothing.**';
    const { text } = disclose({ ...ticket, titleEn, seller: 'A\n## B [c](d)' }, 'en');
    expect(text.split('\n')[0]).toBe(
      '# Reward: Bad # Head \\*\\*a\\*\\* \\<img src=x\\> - \\*\\*It costs nothing.\\*\\*',
    );
    expect(text.split('\n').filter((line) => line.startsWith('#'))).toHaveLength(6);
    expect(text).toContain('A ## B \\[c\\](d) provides it');
  });
});
