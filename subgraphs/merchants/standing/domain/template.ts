import type { LocalizedText } from '../../rules/domain/terms.ts';

/** What of an onboarding a template fills in. */
type Programme = Readonly<{
  name: LocalizedText;
  unit: string;
  earnPoints: number;
  earnPer: Readonly<{ amountMinor: number; currency: string }>;
  expiryMonths: number | null;
  /** Its own words to its members come with the next version. */
  notice: Readonly<Record<string, never>>;
}>;

/**
 * A small shop (S26): one alliance point for each yuan, good for two years, which costs it 0.8 fen when it is
 * redeemed elsewhere; paid within 30 days, without fee or guarantee; one store.
 */
export const smallShop = (name: LocalizedText) => ({
  price: { amountMinor: 80, currency: 'CNY' },
  pricePoints: 100,
  programmes: [
    {
      name: { zh: `${name.zh.trim()}积分`, en: `${name.en.trim()} points` },
      unit: 'ALLIANCE',
      earnPoints: 1,
      earnPer: { amountMinor: 100, currency: 'CNY' },
      expiryMonths: 24,
      notice: {},
    },
  ] satisfies Programme[],
  stores: [{ code: 'MAIN', name, region: null, address: '' }],
});
