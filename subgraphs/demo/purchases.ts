import { demoMerchants } from './alliance.ts';

/** The members of the demo alliance, and what they bought. */
export type DemoMember = Readonly<{ code: string; name: string; phone: string }>;

const shoppers: readonly DemoMember[] = [
  { code: 'lin', name: '林小雨', phone: '+8613800000001' },
  { code: 'chen', name: '陈思远', phone: '+8613800000002' },
  { code: 'wang', name: '王秀兰', phone: '+8613800000003' },
  { code: 'zhao', name: '赵一鸣', phone: '+8613800000004' },
  { code: 'zhou', name: '周若彤', phone: '+8613800000005' },
  { code: 'sun', name: '孙浩然', phone: '+8613800000006' },
  { code: 'wu', name: '吴佳怡', phone: '+8613800000007' },
  { code: 'li', name: '李建国', phone: '+8613800000008' },
];

/**
 * The people of the neighbourhood. With them the supermarket and the restaurant have customers enough
 * that an analyst, who is told nothing of fewer than ten members, sees something.
 */
const neighbours: readonly DemoMember[] = [
  ...['郑海燕', '冯志强', '蒋雨桐', '沈立群'],
  ...['韩梅', '杨晓东', '朱丽娜', '秦岚'],
].map((name, index) => ({
  code: `neighbour-${index + 1}`,
  name,
  phone: `+86138000000${index + 11}`,
}));

export type DemoPurchase = Readonly<{
  merchant: string;
  member: string;
  orderNumber: string;
  lines: readonly Readonly<{
    sku: string;
    description: string;
    category: string;
    quantity: number;
    amountMinor: number;
    certificateNumber?: string;
    behaviour?: string;
  }>[];
}>;

/** The certificates that the demo's green products and rewards rest on. Numbers are invented. */
export const demoCertificates = [
  {
    number: 'CGP-2026-00815',
    label: 'ORGANIC',
    body: '演示认证机构 Demo Certification',
    merchant: 'supermarket',
    validFrom: '2026-01-01',
    validUntil: '2099-12-31',
    skus: ['RICE-ORG-5'],
    rewards: ['rice'],
  },
  {
    number: 'LCP-2026-00042',
    label: 'LOW_CARBON',
    body: '演示认证机构 Demo Certification',
    merchant: 'scenic-spot',
    validFrom: '2026-01-01',
    validUntil: '2099-12-31',
    skus: ['EV-20'],
    rewards: ['ev-charging'],
    behaviour: 'EV_KWH',
    activityMilli: 20_000,
  },
] as const;

/** What 林小雨 bought: the points of her wallet come from these. */
const ofLin: readonly DemoPurchase[] = [
  {
    merchant: 'restaurant',
    member: 'lin',
    orderNumber: 'R-20261103-017',
    lines: [
      {
        sku: 'SET-2',
        description: '双人套餐（自带餐具）',
        category: 'MEAL',
        quantity: 1,
        amountMinor: 16_800,
        behaviour: 'NO_CUTLERY',
      },
    ],
  },
  {
    merchant: 'supermarket',
    member: 'lin',
    orderNumber: 'S-20261105-204',
    lines: [
      {
        sku: 'RICE-ORG-5',
        description: '有机大米 5 kg',
        category: 'GROCERY',
        quantity: 2,
        amountMinor: 9_980,
        certificateNumber: 'CGP-2026-00815',
      },
      {
        sku: 'OIL-1',
        description: '花生油',
        category: 'GROCERY',
        quantity: 1,
        amountMinor: 13_520,
      },
      {
        sku: 'FRUIT',
        description: '时令水果',
        category: 'GROCERY',
        quantity: 3,
        amountMinor: 9_200,
      },
    ],
  },
  {
    merchant: 'clothing',
    member: 'lin',
    orderNumber: 'C-20261108-033',
    lines: [
      {
        sku: 'DRESS-7',
        description: '亚麻连衣裙',
        category: 'DRESS',
        quantity: 1,
        amountMinor: 69_900,
      },
    ],
  },
  {
    merchant: 'hotel',
    member: 'lin',
    orderNumber: 'H-20261112-006',
    lines: [
      {
        sku: 'ROOM-STD',
        description: '标准房两晚',
        category: 'ROOM',
        quantity: 2,
        amountMinor: 96_000,
      },
    ],
  },
  {
    merchant: 'telecom',
    member: 'lin',
    orderNumber: 'T-202611-1388',
    lines: [
      {
        sku: 'BILL',
        description: '十一月话费',
        category: 'BILL',
        quantity: 1,
        amountMinor: 10_000,
        behaviour: 'E_INVOICE',
      },
    ],
  },
  {
    merchant: 'jewellery',
    member: 'lin',
    orderNumber: 'J-20261020-002',
    lines: [
      {
        sku: 'NECKLACE',
        description: '项链',
        category: 'JEWELLERY',
        quantity: 1,
        amountMinor: 500_000,
      },
      {
        sku: 'BRACELET',
        description: '手链',
        category: 'JEWELLERY',
        quantity: 1,
        amountMinor: 300_000,
      },
    ],
  },
  {
    merchant: 'rail',
    member: 'lin',
    orderNumber: 'G-20261015-1024',
    lines: [
      { sku: 'G7', description: '高铁一等座', category: 'FARE', quantity: 1, amountMinor: 100_000 },
    ],
  },
];

/** What the others bought: everyone at four merchants, the same on every machine. */
const ofOthers: readonly DemoPurchase[] = shoppers.slice(1).flatMap((member, row) =>
  [0, 1, 2, 3].map((turn) => {
    const at = (row * 5 + turn * 3) % demoMerchants.length;
    const merchant = demoMerchants[at]?.code ?? 'supermarket';
    return {
      merchant,
      member: member.code,
      orderNumber: `D-${member.code}-${turn}`,
      lines: [
        {
          sku: `ITEM-${at}`,
          description: '日常消费',
          category: 'GENERAL',
          quantity: 1 + (turn % 2),
          amountMinor: 8_800 + row * 3_700 + turn * 12_300,
        },
      ],
    };
  }),
);

/** Each neighbour buys the week's food, a meal, and something at one more merchant. */
const ofNeighbours: readonly DemoPurchase[] = neighbours.flatMap((member, row) =>
  ['supermarket', 'restaurant', demoMerchants[row]?.code ?? 'pet'].map((merchant, turn) => ({
    merchant,
    member: member.code,
    orderNumber: `N-${member.code}-${turn}`,
    lines: [
      {
        sku: `NEAR-${turn}`,
        description: '日常消费',
        category: 'GENERAL',
        quantity: 1,
        amountMinor: 4_200 + row * 900 + turn * 2_600,
      },
    ],
  })),
);

export const demoMembers: readonly DemoMember[] = [...shoppers, ...neighbours];

export const demoPurchases: readonly DemoPurchase[] = [...ofLin, ...ofOthers, ...ofNeighbours];
