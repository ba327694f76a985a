/** What the demo says of a merchant. Names in both languages. */
export type Text = Readonly<{ zh: string; en: string }>;

export type DemoProgramme = Readonly<{
  name: Text;
  unit: string;
  /** So many points for each whole yuan. */
  pointsPerYuan: number;
  expiryMonths: number | null;
}>;

export type DemoReward = Readonly<{
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
export const alliancePoints = (name: Text, expiryMonths: number | null): DemoProgramme => ({
  name,
  unit: 'ALLIANCE',
  pointsPerYuan: 1,
  expiryMonths,
});

export const allianceName: Text = { zh: '通兑积分', en: 'Alliance points' };
