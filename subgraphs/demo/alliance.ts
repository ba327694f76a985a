import { allianceName, alliancePoints, type DemoMerchant } from './merchant.ts';
import { merchantsWithOwnUnits } from './own-units.ts';

/**
 * The demo alliance: the eleven trades that the project was made for, and a supermarket. Names are
 * invented. Rates and prices of the trades' own units are those of the test vectors TV1–TV12 in `README.md` here.
 */
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
        category: 'food',
        brand: '丰禾',
        limitPerDay: 2,
        points: 1200,
        cashFen: 4990,
        stock: 200,
      },
      {
        code: 'till',
        title: { zh: '积分抵扣账单', en: 'Points for the bill' },
        kind: 'BILL_OFFSET',
        details: { billOffset: { maxPercent: 50, thresholdMinor: 2_000 } },
        points: 10,
        cashFen: 8,
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
        details: { booking: { isWithoutSlots: true } },
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
        details: { voucher: { faceMinor: 5_000, thresholdMinor: 5_000, categories: ['dresses'] } },
        points: 5_000,
        tierPrices: [{ tier: 'GOLD', points: 4_500 }],
        cashFen: 5_000,
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
        details: { booking: { isWithoutSlots: true } },
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
        details: { charging: { stations: ['栖霞谷一号站', '栖霞谷二号站'], wattHours: 20_000 } },
        points: 600,
        cashFen: 3_200,
        stock: 500,
      },
      {
        code: 'ticket',
        title: { zh: '景区门票一张', en: 'Entrance ticket' },
        kind: 'TICKET',
        details: { booking: { isWithoutSlots: true } },
        points: 800,
        cashFen: 8_000,
        stock: 1_000,
        validDays: 180,
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
        details: {
          donation: {
            charity: {
              zh: '江岸乡村教育基金会（示例）',
              en: 'Riverbank Village Schools (example)',
            },
            registrationNumber: '53990000MJ0000001R',
            fundraisingNumber: 'DEMO-2026-01',
            project: { zh: '乡村图书角', en: 'A village reading corner' },
          },
        },
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
  ...merchantsWithOwnUnits,
];
