import { allianceName, alliancePoints, COMPLAINTS, type DemoMerchant } from './merchant.ts';

/** The trades whose own numbers give a point another worth: they have a unit of their own besides. */
export const merchantsWithOwnUnits: readonly DemoMerchant[] = [
  {
    code: 'jewellery',
    name: { zh: '璟华珠宝', en: 'Jinghua Jewellery' },
    industry: 'JEWELLERY',
    priceFen: 90,
    programmes: [
      alliancePoints(allianceName, 36),
      {
        name: { zh: '璟华积分', en: 'Jinghua points' },
        unit: 'JINGHUA',
        pointsPerYuan: 1,
        expiryMonths: 36,
        notice: {
          redemption: {
            zh: '在璟华门店或线上兑换页面选择优惠券或保养服务，确认后扣除页面标明的积分。',
            en: 'Choose a voucher or a service for your jewellery in a Jinghua shop or on its page; when you confirm, the points that the page states are taken.',
          },
          limits: {
            zh: '璟华积分在璟华使用；优惠券的使用范围以其页面标明的为准。',
            en: 'Jinghua points are used at Jinghua; what a voucher is good for is said on its page.',
          },
          complaints: COMPLAINTS,
        },
      },
    ],
    rewards: [
      {
        code: 'new-design',
        title: { zh: '新品满减券 1000 元', en: 'New designs, 1,000 yuan off' },
        kind: 'VOUCHER',
        details: { voucher: { faceMinor: 100_000, thresholdMinor: 100_000, categories: ['new'] } },
        points: 10_000,
        unit: 'JINGHUA',
        cashFen: 100_000,
      },
      {
        code: 'campaign-800',
        title: { zh: '限时优惠券 800 元', en: 'Campaign voucher, 800 yuan' },
        kind: 'VOUCHER',
        limitInAll: 1,
        details: { voucher: { faceMinor: 80_000, thresholdMinor: 80_000 } },
        points: 8_000,
        unit: 'JINGHUA',
        cashFen: 80_000,
        stock: 50,
      },
      {
        code: 'custom-work',
        title: { zh: '定制首饰九折', en: 'A tenth off custom work' },
        kind: 'TIER_BENEFIT',
        details: { tierBenefit: { percentOff: 10, category: 'custom' } },
        minTier: 'GOLD',
        points: 10_000,
        unit: 'JINGHUA',
        cashFen: 100_000,
      },
      {
        code: 'cleaning',
        title: { zh: '珠宝清洗保养一次', en: 'Cleaning and care of jewellery' },
        kind: 'SERVICE',
        details: { booking: { isWithoutSlots: true } },
        points: 20_000,
        unit: 'JINGHUA',
        cashFen: 50_000,
      },
    ],
  },
  {
    code: 'telecom',
    name: { zh: '同语通信', en: 'Tongyu Telecom' },
    industry: 'TELECOM',
    priceFen: 70,
    programmes: [
      alliancePoints(allianceName, 24),
      {
        name: { zh: '同语积分', en: 'Tongyu points' },
        unit: 'TONGYU',
        pointsPerYuan: 10,
        expiryMonths: 36,
        notice: {
          redemption: {
            zh: '在营业厅或线上兑换页面兑换话费或流量，当月到账。',
            en: 'Choose a bill credit or a data pack in a shop or on the page; you have it within the month.',
          },
          limits: {
            zh: '话费每 1,000 分抵扣 10 元，流量按页面标明的积分兑换，此外没有其他限制。',
            en: '1,000 points take 10 yuan off a bill; data packs cost what their page states; there are no other limits.',
          },
          complaints: COMPLAINTS,
        },
      },
    ],
    rewards: [
      {
        code: 'bill-10',
        title: { zh: '10 元话费', en: '10 yuan off the bill' },
        kind: 'BILL_CREDIT',
        details: { billCredit: { provider: '通宇通信', creditMinor: 1_000 } },
        points: 1_000,
        unit: 'TONGYU',
        cashFen: 1_000,
      },
      {
        code: 'data-10gb',
        title: { zh: '10GB 流量包', en: '10 GB data pack' },
        kind: 'DATA_PACK',
        details: { dataPack: { carrier: '通宇通信', plan: '10GB', megabytes: 10_240 } },
        points: 800,
        unit: 'TONGYU',
        cashFen: 1_000,
      },
    ],
  },
  {
    code: 'hotel',
    name: { zh: '云舍酒店', en: 'Yunshe Hotels' },
    industry: 'HOTEL',
    priceFen: 95,
    programmes: [
      alliancePoints(allianceName, null),
      {
        name: { zh: '云舍积分', en: 'Yunshe points' },
        unit: 'YUNSHE',
        pointsPerYuan: 5,
        expiryMonths: null,
        notice: {
          redemption: {
            zh: '预订或入住时向前台提出，或在线上兑换页面办理。',
            en: 'Ask at the desk when you book or arrive, or use the page.',
          },
          limits: {
            zh: '客房升级视当日空房情况，由前台在入住时确认；不能安排时不扣积分。',
            en: 'Upgrades depend on free rooms and are confirmed when you arrive; without one no points are taken.',
          },
          complaints: COMPLAINTS,
        },
      },
    ],
    rewards: [
      {
        code: 'view-room',
        title: { zh: '景观房升级', en: 'Upgrade to a room with a view' },
        kind: 'UPGRADE',
        details: { upgrade: { skus: ['STANDARD-ROOM'], withinDays: 30 } },
        points: 3_000,
        unit: 'YUNSHE',
        cashFen: 12_000,
        stock: 5,
      },
      {
        code: 'afternoon-tea',
        title: { zh: '双人下午茶', en: 'Afternoon tea for two' },
        kind: 'SERVICE',
        details: { booking: { isWithoutSlots: true } },
        points: 2_000,
        cashFen: 12_800,
        stock: 20,
      },
    ],
  },
  {
    code: 'airline',
    name: { zh: '鸿鹄航空', en: 'Swan Airlines' },
    industry: 'AIRLINE',
    priceFen: 100,
    programmes: [
      alliancePoints(allianceName, 24),
      {
        name: { zh: '鸿鹄里程', en: 'Swan miles' },
        unit: 'SWAN_MILE',
        pointsPerYuan: 1,
        expiryMonths: 36,
        notice: {
          redemption: {
            zh: '在线上兑换页面选择航班，确认后扣除页面标明的里程。',
            en: 'Choose a flight on the page; when you confirm, the miles that the page states are taken.',
          },
          limits: {
            zh: '奖励机票的数量和可选航班以页面标明的为准；税费另付。',
            en: 'How many award tickets there are, and on which flights, is said on the page; taxes are paid besides.',
          },
          complaints: COMPLAINTS,
        },
      },
    ],
    rewards: [
      {
        code: 'award-ticket',
        title: { zh: '国内单程奖励机票', en: 'Award ticket, one way' },
        kind: 'TICKET',
        details: { booking: { isWithoutSlots: true } },
        points: 20_000,
        unit: 'SWAN_MILE',
        cashFen: 90_000,
        stock: 10,
      },
    ],
  },
  {
    code: 'rail',
    name: { zh: '畅行铁路', en: 'Changxing Rail' },
    industry: 'RAIL',
    priceFen: 100,
    programmes: [
      alliancePoints(allianceName, 12),
      {
        name: { zh: '畅行积分', en: 'Changxing points' },
        unit: 'CHANGXING',
        pointsPerYuan: 5,
        expiryMonths: 12,
        notice: {
          redemption: {
            zh: '购票时选择积分支付，100 分抵 1 元。',
            en: 'Choose points when you buy a ticket: 100 points are 1 yuan.',
          },
          limits: {
            zh: '积分用于支付本人或已登记受让人的车票，此外没有其他限制。',
            en: 'Points pay for your own tickets and those of people whom you have registered; there are no other limits.',
          },
          complaints: COMPLAINTS,
        },
        // TV12, as the rules of the railways are.
        policy: {
          transfer: 'REGISTERED',
          transferees: 8,
          transfereeWaitDays: 60,
          firstRedemptionFrom: 10_000,
          minimumAge: 12,
        },
      },
    ],
    rewards: [
      {
        code: 'fare-50',
        title: { zh: '50 元车票抵扣', en: '50 yuan off a fare' },
        kind: 'TICKET',
        details: { booking: { isWithoutSlots: true } },
        points: 5_000,
        unit: 'CHANGXING',
        cashFen: 5_000,
      },
    ],
  },
];
