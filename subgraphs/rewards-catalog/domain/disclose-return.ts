import type { Terms } from '../aftersales/domain/terms.ts';
import type { ToldDetails } from './disclose-details.ts';
import { counted, type Language } from './spoken.ts';

/** What is told of giving a reward back. */
export type ToldAfterSales = Pick<ToldDetails, 'kind' | 'details' | 'fulfilHours'> &
  Readonly<{ afterSales: Omit<Terms, 'fulfilHours'> }>;

type Both = Readonly<Record<Language, string>>;

/** How it can be undone, what is kept then, and what comes back when it is not as promised (S58, S64). */
export function givingBack(told: ToldAfterSales, language: Language): string[] {
  const { kind, fulfilHours, afterSales } = told;
  if (kind === 'BILL_OFFSET') return [WITH_ORDER[language]];
  // What the merchant hands over is undone before it is completed, so nothing is kept.
  const isFree = fulfilHours !== null || afterSales.feePercent === 0;
  const until = untilWhen(told)[language];
  return [
    isFree ? freely(until, language) : atFee(until, afterSales, language),
    ...(kind === 'PRODUCT' ? [SEVEN_DAYS[language]] : []),
    ...(kind === 'DONATION' ? [] : [atFault(afterSales, language)]),
  ];
}

const untilWhen = ({ kind, details }: ToldAfterSales): Both => {
  if (kind === 'DONATION') return UNTIL_DELIVERED;
  return details?.booking?.isWithoutSlots === false ? UNTIL_BOOKED : UNTIL_USED;
};

const UNTIL_USED: Both = { 'zh-CN': '在使用或交付之前', en: 'before it is used or handed over' };

const UNTIL_BOOKED: Both = {
  'zh-CN': '在所预约的时段开始之前且尚未使用时',
  en: 'until the time begins that you booked, before it is used',
};

const freely = (until: string, language: Language): string =>
  language === 'zh-CN'
    ? `${until}可以撤销兑换，积分全部退回。`
    : `You can undo the exchange ${until}; all points come back.`;

const atFee = (
  until: string,
  { feePercent, keepsLapsed }: ToldAfterSales['afterSales'],
  language: Language,
): string => {
  if (language === 'zh-CN') {
    const lapsed = keepsLapsed ? '' : '，届时已到期的积分不再退回';
    return `${until}可以退回；自愿退回扣除所用积分的 ${feePercent}%（向下取整），其余退回${lapsed}。`;
  }
  const lapsed = keepsLapsed ? '' : '; points that lapsed meanwhile do not';
  return `You can give it back ${until}: of your own will, ${feePercent}% of the points are kept, rounded down, and the rest comes back${lapsed}.`;
};

const SEVEN_DAYS: Both = {
  'zh-CN': '收到商品后七日内可以无理由退货，积分全部退回。',
  en: 'Within seven days of receiving the goods you can return them without a reason; all points come back.',
};

const atFault = (
  { goodForMonths, compensationPercent }: ToldAfterSales['afterSales'],
  language: Language,
): string => {
  if (language === 'zh-CN') {
    const more =
      compensationPercent === 0 ? '' : `，商家另补所用积分的 ${compensationPercent}%（向下取整）`;
    return `如与宣传不符或未能提供，积分全部退回，有效期不少于 ${goodForMonths} 个月${more}。`;
  }
  const more =
    compensationPercent === 0
      ? ''
      : `, and the merchant adds ${compensationPercent}% of them, rounded down`;
  return `If it is not as promised, all points come back and are good for ${counted(goodForMonths, 'month')} at least${more}.`;
};

const WITH_ORDER: Both = {
  'zh-CN': '退货时，抵扣的积分按比例随订单退回。',
  en: 'What you bring back of the order brings back its part of the points.',
};

const UNTIL_DELIVERED: Both = {
  'zh-CN': '在交付给慈善组织之前',
  en: 'before it is handed over to the charity',
};
