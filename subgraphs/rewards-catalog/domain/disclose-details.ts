import { isoDay } from '../../../shared/calendar.ts';
import type { Details } from '../offers/domain/details.ts';
import type { BrandAuthorisation } from '../offers/domain/supplier.ts';
import type { Called } from './code-names.ts';
import type { RewardKind } from './reward.ts';
import { counted, grouped, type Language, list, type Money, moneyText } from './spoken.ts';

/** What is told of a reward beside its title and its price. */
export type ToldDetails = Readonly<{
  kind: RewardKind;
  cashCurrency: string;
  details: Details | null;
  /** The unified social credit code of who sells it; null: its merchant does. */
  sellerCode: string | null;
  brand: string | null;
  brandAuthorisation: BrandAuthorisation | null;
  certificateNumber: string | null;
  /** Within so many hours its merchant hands it over; null: at once, as a voucher. */
  fulfilHours: number | null;
}>;

/** What the kind of a reward says, as sentences: for which goods, how much, where. */
export function detailLines(told: ToldDetails, called: Called, language: Language): string[] {
  const { details, cashCurrency: currency } = told;
  if (details === null) return [];
  const money = (minor: number) => moneyText({ minor, currency }, language);
  return (language === 'zh-CN' ? inChinese : inEnglish)(withNames(details, called), money);
}

/** With what goods and categories are called in the place of their codes. */
function withNames(details: Details, called: Called): Details {
  const { voucher, upgrade, tierBenefit } = details;
  const skusOf = (skus: readonly string[]) => skus.map((sku) => called('SKU', sku));
  const category = tierBenefit?.category ?? null;
  return {
    ...details,
    ...(voucher && {
      voucher: {
        ...voucher,
        categories: voucher.categories.map((code) => called('CATEGORY', code)),
        skus: skusOf(voucher.skus),
      },
    }),
    ...(upgrade && { upgrade: { ...upgrade, skus: skusOf(upgrade.skus) } }),
    ...(tierBenefit && {
      tierBenefit: { ...tierBenefit, category: category && called('CATEGORY', category) },
    }),
  };
}

/** Of what make it is, by what it is certified, and how it can be undone. */
export function sellerLines(
  { sellerCode, brand, brandAuthorisation, certificateNumber }: ToldDetails,
  language: Language,
): string[] {
  const isChinese = language === 'zh-CN';
  return [
    ...(sellerCode === null
      ? []
      : [isChinese ? `统一社会信用代码：${sellerCode}。` : `Registered as ${sellerCode}.`]),
    ...(brand === null ? [] : [isChinese ? `品牌：${brand}。` : `Brand: ${brand}.`]),
    ...(brandAuthorisation === null ? [] : [authorised(brandAuthorisation, isChinese)]),
    ...(certificateNumber === null
      ? []
      : [isChinese ? `证书编号：${certificateNumber}。` : `Certificate: ${certificateNumber}.`]),
  ];
}

const authorised = ({ grantor, number, until }: BrandAuthorisation, isChinese: boolean): string =>
  isChinese
    ? `品牌由 ${grantor} 授权使用，授权文件 ${number}，有效期至 ${isoDay(until)}。`
    : `${grantor} allows the brand to be used, by ${number}, until ${isoDay(until)}.`;

export const paidAtTill: Readonly<Record<Language, string>> = {
  'zh-CN': '结账时出示会员码，积分直接抵扣账单，不发券。',
  en: 'You show your code at the till, and the points pay a part of the bill there; there is no voucher.',
};

export const duringStay: Readonly<Record<Language, string>> = {
  'zh-CN': '兑换后得到一张券。',
  en: 'You get a voucher.',
};

export const onBookedDay: Readonly<Record<Language, string>> = {
  'zh-CN': '兑换后得到一张券，仅限所预约时段的当日使用。',
  en: 'You get a voucher that is good on the day of the time that you book, and on no other.',
};

export const donated: Readonly<Record<Language, string>> = {
  'zh-CN': '兑换后得到一份捐赠证书；由刊登该项目的商家交付给慈善组织，您可以查看是否已经交付。',
  en: 'You get a certificate of the donation. The merchant hands it over to the charity, and you can read whether it has.',
};

export const handedOver = (hours: number, language: Language): string =>
  language === 'zh-CN'
    ? `由商家在兑换后 ${grouped(hours)} 小时内交付，不发券；逾期未交付的，积分全部退回。`
    : `The merchant hands it over within ${counted(hours, 'hour')} of the exchange, without a voucher; else all points come back.`;

type Say = (details: Details, money: (minor: Money['minor']) => string) => string[];

const inChinese: Say = (
  { booking, voucher, upgrade, billCredit, dataPack, charging, donation, tierBenefit, billOffset },
  money,
) => [
  ...(booking ? [booking.isWithoutSlots ? '无需预约。' : '须预约时段，可约时段随时可查。'] : []),
  ...(voucher
    ? [
        voucher.thresholdMinor === 0
          ? `消费时抵 ${money(voucher.faceMinor)}。`
          : `消费满 ${money(voucher.thresholdMinor)}减 ${money(voucher.faceMinor)}。`,
        voucher.categories.length + voucher.skus.length === 0
          ? '全部商品可用。'
          : `仅限：${list([...voucher.categories, ...voucher.skus], 'zh-CN')}。`,
      ]
    : []),
  ...(upgrade
    ? [
        `用于您本人在该商家含有以下商品之一的有效订单，每件限用一次：${list(upgrade.skus, 'zh-CN')}。`,
        ...(upgrade.withinDays === null
          ? []
          : [`自下单起 ${grouped(upgrade.withinDays)} 天内可用。`]),
      ]
    : []),
  ...(billCredit ? [`${money(billCredit.creditMinor)}存入您在${billCredit.provider}的账户。`] : []),
  ...(dataPack
    ? [`${dataPack.carrier}“${dataPack.plan}”，流量 ${grouped(dataPack.megabytes)} MB。`]
    : []),
  ...(charging
    ? [
        `充电 ${grouped(charging.wattHours)} 瓦时。`,
        `可用站点：${list(charging.stations, 'zh-CN')}。`,
      ]
    : []),
  ...(donation
    ? [
        `捐给${donation.charity.zh}，用于${donation.project.zh}。`,
        `统一社会信用代码 ${donation.registrationNumber}，公开募捐资格证书 ${donation.fundraisingNumber}。`,
      ]
    : []),
  ...(tierBenefit
    ? [`购买${tierBenefit.category ?? '任何商品'}，价格减 ${tierBenefit.percentOff}%。`]
    : []),
  ...(billOffset
    ? [
        `积分最多支付账单的 ${billOffset.maxPercent}%。`,
        ...(billOffset.maxMinor == null
          ? []
          : [`每张账单最多抵扣 ${money(billOffset.maxMinor)}。`]),
        ...(billOffset.thresholdMinor === 0
          ? []
          : [`账单须满 ${money(billOffset.thresholdMinor)}。`]),
      ]
    : []),
];

const inEnglish: Say = (
  { booking, voucher, upgrade, billCredit, dataPack, charging, donation, tierBenefit, billOffset },
  money,
) => [
  ...(booking
    ? [
        booking.isWithoutSlots
          ? 'You need no appointment.'
          : 'You book a time for it; the times that are free are always shown.',
      ]
    : []),
  ...(voucher
    ? [
        voucher.thresholdMinor === 0
          ? `It takes ${money(voucher.faceMinor)} off a purchase.`
          : `It takes ${money(voucher.faceMinor)} off a purchase of ${money(voucher.thresholdMinor)} or more.`,
        voucher.categories.length + voucher.skus.length === 0
          ? 'It is good for all goods.'
          : `It is good for these only: ${list([...voucher.categories, ...voucher.skus], 'en')}.`,
      ]
    : []),
  ...(upgrade
    ? [
        `It makes an order of your own at the merchant better, once for each of these that you keep: ${list(upgrade.skus, 'en')}.`,
        ...(upgrade.withinDays === null
          ? []
          : [`It can be used within ${counted(upgrade.withinDays, 'day')} of the order.`]),
      ]
    : []),
  ...(billCredit
    ? [`${money(billCredit.creditMinor)} are put to your account with ${billCredit.provider}.`]
    : []),
  ...(dataPack
    ? [`${grouped(dataPack.megabytes)} MB of data: ${dataPack.carrier}, ${dataPack.plan}.`]
    : []),
  ...(charging
    ? [
        `${grouped(charging.wattHours)} watt-hours of charging.`,
        `At these stations: ${list(charging.stations, 'en')}.`,
      ]
    : []),
  ...(donation
    ? [
        `It is given to ${donation.charity.en}, for ${donation.project.en}.`,
        `Registered as ${donation.registrationNumber}, allowed to ask for donations by ${donation.fundraisingNumber}.`,
      ]
    : []),
  ...(tierBenefit
    ? [`${tierBenefit.percentOff}% off the price of ${tierBenefit.category ?? 'all goods'}.`]
    : []),
  ...(billOffset
    ? [
        `Points pay ${billOffset.maxPercent}% of a bill at most.`,
        ...(billOffset.maxMinor == null
          ? []
          : [`They take off ${money(billOffset.maxMinor)} of one bill at most.`]),
        ...(billOffset.thresholdMinor === 0
          ? []
          : [`The bill has to come to ${money(billOffset.thresholdMinor)} at least.`]),
      ]
    : []),
];
