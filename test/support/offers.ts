/** What a reward of each kind needs to say, when a test is not about that. */
export const detailsOfKind: Readonly<Record<string, object>> = {
  SERVICE: { booking: { isWithoutSlots: true } },
  TICKET: { booking: { isWithoutSlots: true } },
  UPGRADE: { upgrade: { skus: ['A'] } },
  BILL_CREDIT: { billCredit: { provider: 'Telecom', creditMinor: 1_000 } },
  DATA_PACK: { dataPack: { carrier: 'Telecom', plan: 'Ten', megabytes: 10_240 } },
  EV_CHARGING: { charging: { stations: ['One'], wattHours: 20_000 } },
  DONATION: {
    donation: {
      charity: { zh: '慈善', en: 'Charity' },
      registrationNumber: '53990000MJ0000001R',
      fundraisingNumber: 'F-1',
      project: { zh: '图书', en: 'Books' },
    },
  },
  TIER_BENEFIT: { tierBenefit: { percentOff: 10, category: 'custom' } },
  BILL_OFFSET: { billOffset: { maxPercent: 50 } },
};

/** What a reward with such details takes off a bill, or puts to an account: it costs no less in money. */
export const takenOff = (details: unknown): number => {
  const { voucher, billCredit } = (details ?? {}) as {
    voucher?: { faceMinor: number };
    billCredit?: { creditMinor: number };
  };
  return voucher?.faceMinor ?? billCredit?.creditMinor ?? 0;
};
