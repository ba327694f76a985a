import { allianceName, alliancePoints, type DemoMerchant } from './merchant.ts';

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
      },
    ],
    rewards: [
      {
        code: 'new-design',
        title: { zh: '新品满减券 1000 元', en: 'New designs, 1,000 yuan off' },
        kind: 'VOUCHER',
        points: 10_000,
        unit: 'JINGHUA',
        cashFen: 100_000,
      },
      {
        code: 'campaign-800',
        title: { zh: '限时优惠券 800 元', en: 'Campaign voucher, 800 yuan' },
        kind: 'VOUCHER',
        points: 8_000,
        unit: 'JINGHUA',
        cashFen: 80_000,
        stock: 50,
      },
      {
        code: 'cleaning',
        title: { zh: '珠宝清洗保养一次', en: 'Cleaning and care of jewellery' },
        kind: 'SERVICE',
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
      },
    ],
    rewards: [
      {
        code: 'bill-10',
        title: { zh: '10 元话费', en: '10 yuan off the bill' },
        kind: 'BILL_CREDIT',
        points: 1_000,
        unit: 'TONGYU',
        cashFen: 1_000,
      },
      {
        code: 'data-10gb',
        title: { zh: '10GB 流量包', en: '10 GB data pack' },
        kind: 'DATA_PACK',
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
      },
    ],
    rewards: [
      {
        code: 'view-room',
        title: { zh: '景观房升级', en: 'Upgrade to a room with a view' },
        kind: 'UPGRADE',
        points: 3_000,
        unit: 'YUNSHE',
        cashFen: 12_000,
        stock: 5,
      },
      {
        code: 'afternoon-tea',
        title: { zh: '双人下午茶', en: 'Afternoon tea for two' },
        kind: 'SERVICE',
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
      },
    ],
    rewards: [
      {
        code: 'award-ticket',
        title: { zh: '国内单程奖励机票', en: 'Award ticket, one way' },
        kind: 'TICKET',
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
      },
    ],
    rewards: [
      {
        code: 'fare-50',
        title: { zh: '50 元车票抵扣', en: '50 yuan off a fare' },
        kind: 'TICKET',
        points: 5_000,
        unit: 'CHANGXING',
        cashFen: 5_000,
      },
    ],
  },
];
