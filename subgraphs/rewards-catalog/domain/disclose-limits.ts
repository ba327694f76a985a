import type { DuringOrder } from '../offers/domain/during-order.ts';
import type { Called } from './code-names.ts';
import type { RewardKind } from './reward.ts';
import { counted, grouped, type Language, list, moneyText, onClock } from './spoken.ts';

/** Who may have a reward, when, where and how often. */
export type ToldLimits = Readonly<{
  kind: RewardKind;
  /** The price of one for members of a tier, where it is another one (S7). */
  tierPrices: readonly Readonly<{ tier: string; points: number }>[];
  cashCurrency: string;
  cashPartMinor: number | null;
  offeredFrom: Date | null;
  offeredUntil: Date | null;
  regions: readonly string[] | null;
  minTier: string | null;
  limitPerDay: number | null;
  limitInAll: number | null;
  perOrder: number;
  duringOrder: DuringOrder | null;
}>;

/** Each limit that there is, as a sentence. */
export const limitLines = (told: ToldLimits, called: Called, language: Language): string[] => [
  ...priceLines(told, called, language),
  ...stayLines(told, called, language),
  ...whenLines(told, language),
  ...howManyLines(told, called, language),
];

const chosen =
  (language: Language) =>
  (chinese: string, english: string): string[] => [language === 'zh-CN' ? chinese : english];

function whenLines(told: ToldLimits, language: Language): string[] {
  const say = chosen(language);
  const { cashPartMinor, cashCurrency: currency, offeredFrom, offeredUntil } = told;
  const [from, until] = [offeredFrom, offeredUntil].map((at) => at && onClock(at));
  const money =
    cashPartMinor === null ? null : moneyText({ minor: cashPartMinor, currency }, language);
  return [
    ...(money === null ? [] : say(`另付现金 ${money}。`, `You pay ${money} beside the points.`)),
    ...(from
      ? say(`自北京时间 ${from} 起可以兑换。`, `It can be had from ${from} on, Beijing time.`)
      : []),
    ...(until
      ? say(`北京时间 ${until} 之前可以兑换。`, `It can be had before ${until}, Beijing time.`)
      : []),
  ];
}

const priceLines = ({ tierPrices }: ToldLimits, called: Called, language: Language): string[] =>
  tierPrices.flatMap(({ tier: code, points }) => {
    const tier = called('TIER', code);
    return chosen(language)(
      `${tier}及以上等级的会员每份 ${grouped(points)} 分。`,
      `For members of the tier ${tier} and above one costs ${counted(points, 'point')}.`,
    );
  });

function stayLines({ duringOrder }: ToldLimits, called: Called, language: Language): string[] {
  if (duringOrder === null) return [];
  const say = chosen(language);
  const goods = list(
    duringOrder.skus.map((sku) => called('SKU', sku)),
    language,
  );
  return [
    ...(goods === ''
      ? say(
          '仅限您本人在该商家的订单使用期间（如入住期间，首日与末日均含）兑换，请注明该订单。',
          'It can be had only while you use an order of your own at the merchant, such as during a stay, from its first day to its last; you name the order.',
        )
      : say(
          `仅限您本人在该商家含有以下商品之一的订单使用期间（如入住期间，首日与末日均含）兑换，请注明该订单：${goods}。`,
          `It can be had only while you use one of these of an order of your own at the merchant, such as during a stay, from its first day to its last; you name the order: ${goods}.`,
        )),
    ...say('券最晚用至该订单使用的末日。', 'Its voucher is good to that last day and no longer.'),
  ];
}

function howManyLines(told: ToldLimits, called: Called, language: Language): string[] {
  const say = chosen(language);
  const { kind, regions, minTier, limitPerDay, limitInAll, perOrder } = told;
  const tier = minTier && called('TIER', minTier);
  const named = regions?.map((code) => called('REGION', code));
  const places = named && list(named, language);
  const [daily, all, together] = [limitPerDay, limitInAll, perOrder].map((n) => n && grouped(n));
  return [
    ...(places ? say(`仅限以下地区：${places}。`, `In these regions only: ${places}.`) : []),
    ...(tier
      ? say(`仅限 ${tier} 及以上等级的会员。`, `For members of the tier ${tier} and above only.`)
      : []),
    ...(daily
      ? say(`每位会员每天最多兑换 ${daily} 份。`, `Each member has ${daily} of it a day at most.`)
      : []),
    ...(all
      ? say(`每位会员累计最多兑换 ${all} 份。`, `Each member has ${all} of it in all at most.`)
      : []),
    // What comes without a voucher to be used with an order has no such limit.
    ...(perOrder > 1 || kind === 'VOUCHER'
      ? say(
          `一笔订单最多同时使用 ${together} 张券。`,
          perOrder > 1
            ? `An order takes ${together} vouchers together at most.`
            : 'An order takes one voucher at most.',
        )
      : []),
  ];
}
