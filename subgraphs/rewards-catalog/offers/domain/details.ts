import type { RewardKind } from '../../domain/reward.ts';

type Both = Readonly<{ zh: string; en: string }>;

/** What a reward of each kind says. Money is in the smallest unit of the currency of the cash price. */
export type Details = Readonly<{
  booking?: Readonly<{ isWithoutSlots: boolean }>;
  voucher?: Readonly<{
    faceMinor: number;
    thresholdMinor: number;
    /** Empty: all goods. */
    categories: readonly string[];
    /** Empty: all goods of the categories. */
    skus: readonly string[];
  }>;
  upgrade?: Readonly<{ skus: readonly string[]; withinDays: number | null }>;
  billCredit?: Readonly<{ provider: string; creditMinor: number }>;
  dataPack?: Readonly<{ carrier: string; plan: string; megabytes: number }>;
  charging?: Readonly<{ stations: readonly string[]; wattHours: number }>;
  donation?: Readonly<{
    charity: Both;
    registrationNumber: string;
    fundraisingNumber: string;
    project: Both;
  }>;
  tierBenefit?: Readonly<{ percentOff: number; category: string | null }>;
  billOffset?: Readonly<{
    maxPercent: number;
    thresholdMinor: number;
    /** The most of one bill; missing or null: as much as a code that was shown pays. */
    maxMinor?: number | null;
  }>;
}>;

export type DetailName = keyof Details;

/** The part of the details that a kind has, and whether a reward of the kind needs it. */
const OF_KIND: Readonly<
  Record<RewardKind, Readonly<{ name: DetailName; isNeeded: boolean }> | null>
> = {
  PRODUCT: null,
  GIFT: null,
  VOUCHER: { name: 'voucher', isNeeded: false },
  SERVICE: { name: 'booking', isNeeded: true },
  TICKET: { name: 'booking', isNeeded: true },
  UPGRADE: { name: 'upgrade', isNeeded: true },
  BILL_CREDIT: { name: 'billCredit', isNeeded: true },
  DATA_PACK: { name: 'dataPack', isNeeded: true },
  EV_CHARGING: { name: 'charging', isNeeded: true },
  DONATION: { name: 'donation', isNeeded: true },
  TIER_BENEFIT: { name: 'tierBenefit', isNeeded: true },
  BILL_OFFSET: { name: 'billOffset', isNeeded: true },
};

/** What part of the details the kind has; null: none. */
export const detailOf = (kind: RewardKind) => OF_KIND[kind];

/** A time that can be booked. */
export type NewSlot = Readonly<{ from: Date; until: Date; capacity: number }>;
