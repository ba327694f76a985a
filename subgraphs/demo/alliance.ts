/**
 * The demo alliance: the eleven trades that the project was made for, and a supermarket. Names are
 * invented. Rates and prices of the trades' own units are those of the test vectors TV1–TV12 in `README.md` here.
 */

type Text = Readonly<{ zh: string; en: string }>;

type DemoProgramme = Readonly<{
  name: Text;
  unit: string;
  /** So many points for each whole yuan. */
  pointsPerYuan: number;
  expiryMonths: number | null;
}>;

type DemoReward = Readonly<{
  code: string;
  title: Text;
  kind: string;
  points: number;
  unit?: string;
  cashFen: number;
  stock?: number;
  validDays?: number;
}>;

export type DemoMerchant = Readonly<{
  code: string;
  name: Text;
  industry: string;
  /** What the merchant owes for 100 of its alliance points that are redeemed elsewhere, in fen. */
  priceFen: number;
  programmes: readonly DemoProgramme[];
  rewards: readonly DemoReward[];
}>;

/** Alliance points: one for each yuan, worth about a fen at the counter. */
const alliancePoints = (name: Text, expiryMonths: number | null): DemoProgramme => ({
  name,
  unit: 'ALLIANCE',
  pointsPerYuan: 1,
  expiryMonths,
});

const allianceName: Text = { zh: '通兑积分', en: 'Alliance points' };

export const demoMerchants: readonly DemoMerchant[] = [
  {
    code: 'supermarket',
    name: { zh: '丰禾超市', en: 'Fenghe Supermarket' },
    industry: 'SUPERMARKET',
    priceFen: 80,
    programmes: [alliancePoints(allianceName, 12)],
    rewards: [
      {
        code: 'rice',
        title: { zh: '有机大米 5 kg', en: 'Organic rice, 5 kg' },
        kind: 'PRODUCT',
        points: 1200,
        cashFen: 4990,
        stock: 200,
      },
    ],
  },
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
    code: 'mother-and-baby',
    name: { zh: '小禾母婴', en: 'Little Sprout Mother & Baby' },
    industry: 'MOTHER_AND_BABY',
    priceFen: 85,
    programmes: [alliancePoints(allianceName, 12)],
    rewards: [
      {
        code: 'care-class',
        title: { zh: '宝宝护理课堂', en: 'Baby care class' },
        kind: 'SERVICE',
        points: 500,
        cashFen: 5_000,
        stock: 30,
      },
    ],
  },
  {
    code: 'clothing',
    name: { zh: '素与服饰', en: 'Suyu Clothing' },
    industry: 'CLOTHING',
    priceFen: 75,
    programmes: [alliancePoints(allianceName, 18)],
    rewards: [
      {
        code: 'dress-50',
        title: { zh: '连衣裙专区 50 元券', en: 'Dresses, 50 yuan off' },
        kind: 'VOUCHER',
        points: 5_000,
        cashFen: 5_000,
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
    code: 'pet',
    name: { zh: '毛球宠物', en: 'Furball Pets' },
    industry: 'PET',
    priceFen: 80,
    programmes: [alliancePoints(allianceName, 12)],
    rewards: [
      {
        code: 'grooming',
        title: { zh: '宠物美容券', en: 'Pet grooming' },
        kind: 'SERVICE',
        points: 900,
        cashFen: 8_800,
        stock: 40,
      },
    ],
  },
  {
    code: 'scenic-spot',
    name: { zh: '栖霞谷景区', en: 'Qixia Valley' },
    industry: 'SCENIC_SPOT',
    priceFen: 85,
    programmes: [alliancePoints(allianceName, 12)],
    rewards: [
      {
        code: 'ev-charging',
        title: { zh: '景区充电 20 度', en: 'Charging at the valley, 20 kWh' },
        kind: 'EV_CHARGING',
        points: 600,
        cashFen: 3_200,
        stock: 500,
      },
      {
        code: 'ticket',
        title: { zh: '景区门票一张', en: 'Entrance ticket' },
        kind: 'TICKET',
        points: 800,
        cashFen: 8_000,
        stock: 1_000,
        validDays: 180,
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
  {
    code: 'bank',
    name: { zh: '江岸银行绿色信用卡', en: 'Riverbank Green Card' },
    industry: 'BANK',
    priceFen: 90,
    programmes: [alliancePoints(allianceName, 24)],
    rewards: [
      {
        code: 'school-donation',
        title: { zh: '捐赠：乡村图书角', en: 'Donation: a village reading corner' },
        kind: 'DONATION',
        points: 300,
        cashFen: 300,
      },
    ],
  },
  {
    code: 'restaurant',
    name: { zh: '巷口小馆', en: 'Lane Corner Kitchen' },
    industry: 'RESTAURANT',
    priceFen: 80,
    programmes: [alliancePoints(allianceName, 6)],
    rewards: [
      {
        code: 'set-lunch',
        title: { zh: '招牌套餐一份', en: 'Set lunch' },
        kind: 'PRODUCT',
        points: 380,
        cashFen: 3_800,
        stock: 100,
        validDays: 30,
      },
    ],
  },
];
