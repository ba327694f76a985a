import { grouped, type Language, list, moneyText, partsInShanghai } from './spoken.ts';

/** Who may have a reward, when, where and how often. */
export type ToldLimits = Readonly<{
  cashCurrency: string;
  cashPartMinor: number | null;
  offeredFrom: Date | null;
  offeredUntil: Date | null;
  regions: readonly string[] | null;
  minTier: string | null;
  limitPerDay: number | null;
  limitInAll: number | null;
  perOrder: number;
}>;

/** Each limit that there is, as a sentence. */
export function limitLines(told: ToldLimits, language: Language): string[] {
  const isChinese = language === 'zh-CN';
  const say = (chinese: string, english: string) => (isChinese ? chinese : english);
  const { cashPartMinor, offeredFrom, offeredUntil, regions, minTier } = told;
  const { limitPerDay, limitInAll, perOrder, cashCurrency: currency } = told;
  const money =
    cashPartMinor === null ? '' : moneyText({ minor: cashPartMinor, currency }, language);
  return [
    ...(cashPartMinor === null
      ? []
      : [say(`另付现金 ${money}。`, `You pay ${money} beside the points.`)]),
    ...(offeredFrom === null
      ? []
      : [
          say(
            `自北京时间 ${partsInShanghai(offeredFrom)} 起可以兑换。`,
            `It can be had from ${partsInShanghai(offeredFrom)} on, Beijing time.`,
          ),
        ]),
    ...(offeredUntil === null
      ? []
      : [
          say(
            `北京时间 ${partsInShanghai(offeredUntil)} 之前可以兑换。`,
            `It can be had before ${partsInShanghai(offeredUntil)}, Beijing time.`,
          ),
        ]),
    ...(regions === null
      ? []
      : [
          say(
            `仅限以下地区：${list(regions, language)}。`,
            `In these regions only: ${list(regions, language)}.`,
          ),
        ]),
    ...(minTier === null
      ? []
      : [
          say(
            `仅限 ${minTier} 及以上等级的会员。`,
            `For members of the tier ${minTier} and above only.`,
          ),
        ]),
    ...(limitPerDay === null
      ? []
      : [
          say(
            `每位会员每天最多兑换 ${grouped(limitPerDay)} 份。`,
            `Each member has ${grouped(limitPerDay)} of it a day at most.`,
          ),
        ]),
    ...(limitInAll === null
      ? []
      : [
          say(
            `每位会员累计最多兑换 ${grouped(limitInAll)} 份。`,
            `Each member has ${grouped(limitInAll)} of it in all at most.`,
          ),
        ]),
    ...(perOrder === 1
      ? []
      : [
          say(
            `一笔订单最多同时使用 ${grouped(perOrder)} 张券。`,
            `An order takes ${grouped(perOrder)} vouchers together at most.`,
          ),
        ]),
  ];
}
