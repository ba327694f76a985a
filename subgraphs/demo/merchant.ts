/** What the demo says of a merchant. Names in both languages. */
export type Text = Readonly<{ zh: string; en: string }>;

export type DemoProgramme = Readonly<{
  name: Text;
  unit: string;
  /** So many points for each whole yuan. */
  pointsPerYuan: number;
  expiryMonths: number | null;
  notice: DemoNotice;
  policy?: Readonly<Record<string, string | number>>;
}>;

/** What members are told beside what follows from rate and term. */
export type DemoNotice = Readonly<{ redemption: Text; limits: Text; complaints: string }>;

export type DemoReward = Readonly<{
  code: string;
  title: Text;
  kind: string;
  /** What its kind needs to say. */
  details?: Readonly<Record<string, unknown>>;
  category?: string;
  brand?: string;
  limitPerDay?: number;
  limitInAll?: number;
  minTier?: string;
  tierPrices?: readonly Readonly<{ tier: string; points: number }>[];
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

export const COMPLAINTS = '400-000-0000 · care@tongdui.example';

const ALLIANCE_NOTICE: DemoNotice = {
  redemption: {
    zh: '在联盟任一商家的兑换页面选择商品、服务或优惠，确认后扣除页面标明的积分。',
    en: 'Choose goods, a service or a discount on the page of any merchant of the alliance; when you confirm, the points that the page states are taken.',
  },
  limits: {
    zh: '每项兑换的数量、日期和门店以其页面标明的为准，此外没有其他限制。',
    en: 'How many, when and where something can be had is said on its page; there are no other limits.',
  },
  complaints: COMPLAINTS,
};

/** Alliance points: one for each yuan, worth about a fen at the counter. */
export const alliancePoints = (name: Text, expiryMonths: number | null): DemoProgramme => ({
  name,
  unit: 'ALLIANCE',
  pointsPerYuan: 1,
  expiryMonths,
  notice: ALLIANCE_NOTICE,
});

export const allianceName: Text = { zh: '通兑积分', en: 'Alliance points' };
