import type { GivenDetails } from './check-details.ts';
import type { Details } from './details.ts';

/** The details as they are kept: checked before, blanks around names taken off. Null: there is nothing to say. */
export function keepDetails(given: GivenDetails | null | undefined): Details | null {
  const kept: Details = {
    ...(given?.booking && { booking: { isWithoutSlots: given.booking.isWithoutSlots } }),
    ...(given?.voucher && {
      voucher: {
        faceMinor: given.voucher.faceMinor,
        thresholdMinor: given.voucher.thresholdMinor,
        categories: names(given.voucher.categories),
        skus: names(given.voucher.skus),
      },
    }),
    ...(given?.upgrade && {
      upgrade: { skus: names(given.upgrade.skus), withinDays: given.upgrade.withinDays ?? null },
    }),
    ...(given?.billCredit && {
      billCredit: { ...given.billCredit, provider: given.billCredit.provider.trim() },
    }),
    ...(given?.dataPack && {
      dataPack: {
        carrier: given.dataPack.carrier.trim(),
        plan: given.dataPack.plan.trim(),
        megabytes: given.dataPack.megabytes,
      },
    }),
    ...(given?.charging && {
      charging: { stations: names(given.charging.stations), wattHours: given.charging.wattHours },
    }),
    ...(given?.donation && {
      donation: {
        charity: both(given.donation.charity),
        registrationNumber: given.donation.registrationNumber,
        fundraisingNumber: (given.donation.fundraisingNumber ?? '').trim(),
        project: both(given.donation.project),
      },
    }),
    ...(given?.tierBenefit && {
      tierBenefit: {
        percentOff: given.tierBenefit.percentOff,
        category: given.tierBenefit.category?.trim() ?? null,
      },
    }),
    ...(given?.billOffset && {
      billOffset: { ...given.billOffset, maxMinor: given.billOffset.maxMinor ?? null },
    }),
  };
  return Object.keys(kept).length === 0 ? null : kept;
}

const names = (list: readonly string[] | null | undefined): string[] =>
  (list ?? []).map((name) => name.trim());

const both = ({ zh, en }: Readonly<{ zh: string; en: string }>) => ({
  zh: zh.trim(),
  en: en.trim(),
});
