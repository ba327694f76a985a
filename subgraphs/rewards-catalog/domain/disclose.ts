import { addDays, type Day, dayOf, isoDay } from '../../../shared/calendar.ts';
import { type CodeNames, calledBy } from './code-names.ts';
import {
  detailLines,
  donated,
  duringStay,
  handedOver,
  onBookedDay,
  paidAtTill,
  sellerLines,
  type ToldDetails,
} from './disclose-details.ts';
import { limitLines, type ToldLimits } from './disclose-limits.ts';
import { givingBack, type ToldAfterSales } from './disclose-return.ts';
import { asWritten, counted, grouped, type Language, type Money, moneyText } from './spoken.ts';

export type { Language } from './spoken.ts';

/** A reward in plain words: all that follows from what was published, nothing else. */
export type RewardText = Readonly<{
  language: Language;
  title: string;
  /** What matters most, to be shown first. */
  summary: readonly string[];
  /** Markdown that is read as plain text too. */
  text: string;
}>;

/** What never changes of a reward: its price, its merchant and its conditions. */
export type DisclosedReward = ToldDetails &
  ToldLimits &
  ToldAfterSales &
  Readonly<{
    id: string;
    titleZh: string;
    titleEn: string;
    points: number;
    unit: string;
    cashMinor: number;
    validDays: number;
    termsZh: string | null;
    termsEn: string | null;
    seller: string | null;
    weekdays: readonly number[] | null;
    /** Null: there are as many as anybody wants. How many there are is not told: it changes. */
    stock: number | null;
    /** What codes are called; null: it was published before names were kept. */
    codeNames: CodeNames | null;
    publishedAt: Date;
  }>;

/** The sentences of one language. */
type Phrases = Readonly<{
  heading: (title: string) => string;
  sections: Readonly<Record<'summary' | 'conditions' | 'seller' | 'nature' | 'version', string>>;
  price: (points: number, unit: string) => string;
  worth: (cash: Money, per: Money, points: number) => string;
  given: (cash: Money) => string;
  takesOff: (points: number, unit: string, cash: Money) => string;
  validity: (days: number, from: Day, last: Day) => string;
  days: (weekdays: readonly number[]) => string;
  everyDay: string;
  limited: string;
  unlimited: string;
  noConditions: string;
  soldBy: (seller: string) => string;
  soldByMerchant: string;
  alike: string;
  nature: string;
  version: (id: string, published: Day) => string;
  forGood: string;
}>;

const PHRASES: Readonly<Record<Language, Phrases>> = {
  'zh-CN': {
    heading: (title) => `兑换说明：${title}`,
    sections: {
      summary: '要点',
      conditions: '使用条件',
      seller: '由谁提供',
      nature: '积分是什么',
      version: '版本与日期',
    },
    price: (points, unit) =>
      unit === 'ALLIANCE'
        ? `每份 ${grouped(points)} 联盟积分。`
        : `每份 ${grouped(points)} 分，须为该商家自己的积分（${unit}）。`,
    worth: (cash, per, points) =>
      `现金价 ${inChinese(cash)}，折合每 ${grouped(points)} 分 ${inChinese(per)}。`,
    given: (cash) => `现金价 ${inChinese(cash)}。`,
    takesOff: (points, unit, cash) =>
      `每 ${grouped(points)} ${unit === 'ALLIANCE' ? '联盟积分' : `分（该商家自己的积分 ${unit}）`}抵扣 ${inChinese(cash)}。`,
    validity: (days, from, last) =>
      `兑换后得到一张券，自兑换当日起 ${grouped(days)} 天内可用：例如 ${dayInChinese(from)}兑换，最后可用日为 ${dayInChinese(last)}。`,
    days: (weekdays) =>
      `仅限${weekdays.map((day) => `周${'一二三四五六日'[day - 1]}`).join('、')}使用。`,
    everyDay: '每天都可以使用。',
    limited: '数量有限，兑完为止；余量随时可查。',
    unlimited: '数量不限。',
    noConditions: '没有其他约定。',
    soldBy: (seller) => `由 ${seller} 提供并负责。`,
    soldByMerchant: '由刊登该兑换品的商家提供并负责。',
    alike: '用积分兑换与用现金购买，质量和售后没有差别。',
    nature:
      '积分是发放商家给予的消费优惠，不是货币，不是存款，不是证券，也不是投资；不能兑换现金，不产生利息。',
    version: (id, published) => `编号 ${id}，${dayInChinese(published)}公布。`,
    forGood: '所需积分、商家和条件不会更改；如有变动，将另行刊登新的兑换品。已经发出的券继续有效。',
  },
  en: {
    heading: (title) => `Reward: ${title}`,
    sections: {
      summary: 'In short',
      conditions: 'Conditions',
      seller: 'Who stands for it',
      nature: 'What points are',
      version: 'Version and dates',
    },
    price: (points, unit) =>
      unit === 'ALLIANCE'
        ? `One costs ${counted(points, 'alliance point')}.`
        : `One costs ${counted(points, 'point')} of the merchant's own (${unit}).`,
    worth: (cash, per, points) =>
      `It costs ${inEnglish(cash)} in money, which makes ${inEnglish(per)} for ${counted(points, 'point')}.`,
    given: (cash) => `It costs ${inEnglish(cash)} in money.`,
    takesOff: (points, unit, cash) =>
      unit === 'ALLIANCE'
        ? `For each ${counted(points, 'alliance point')} ${inEnglish(cash)} comes off the bill.`
        : `For each ${counted(points, 'point')} of the merchant's own (${unit}) ${inEnglish(cash)} comes off the bill.`,
    validity: (days, from, last) =>
      `You get a voucher that is good for ${counted(days, 'day')} from the day on which you exchange it: what you exchange on ${isoDay(from)} can be used until ${isoDay(last)}.`,
    days: (weekdays) =>
      `It can be used on ${weekdays.map((day) => ENGLISH_DAYS[day - 1]).join(', ')} only.`,
    everyDay: 'It can be used on every day.',
    limited: 'There are only so many; how many are left is always shown.',
    unlimited: 'There is no limit to how many there are.',
    noConditions: 'There are no other terms.',
    soldBy: (seller) => `${seller} provides it and stands for it.`,
    soldByMerchant: 'The merchant that offers it provides it and stands for it.',
    alike: 'For points it is as good, and as well looked after, as for money.',
    nature:
      'Points are a discount granted by the merchants that issued them. They are not money, not a deposit, not a security and not an investment. They cannot be paid out and bear no interest.',
    version: (id, published) => `Number ${id}, published on ${isoDay(published)}.`,
    forGood:
      'Price, merchant and conditions never change: anything else is another reward. Vouchers that were given stay good.',
  },
};

const ENGLISH_DAYS = [
  'Mondays',
  'Tuesdays',
  'Wednesdays',
  'Thursdays',
  'Fridays',
  'Saturdays',
  'Sundays',
];

/** A published reward in words, in one language. */
export function disclose(reward: DisclosedReward, language: Language): RewardText {
  const say = PHRASES[language];
  const isChinese = language === 'zh-CN';
  const title = say.heading(isChinese ? reward.titleZh : reward.titleEn);
  const terms = isChinese ? reward.termsZh : reward.termsEn;
  const called = calledBy(reward.codeNames ?? [], language);
  const published = dayOf(reward.publishedAt);
  const summary = [
    ...(reward.kind === 'BILL_OFFSET'
      ? [say.takesOff(reward.points, reward.unit, cashOf(reward))]
      : [say.price(reward.points, reward.unit), worthLine(reward, say)]),
    ...detailLines(reward, called, language),
    ...limitLines(reward, called, language),
    ...handingOver(reward, say, language),
    reward.stock === null ? say.unlimited : say.limited,
  ];
  const seller = reward.seller === null ? say.soldByMerchant : say.soldBy(reward.seller);
  const chapters: readonly (readonly [string, readonly string[]])[] = [
    [say.sections.conditions, [terms ?? say.noConditions, ...givingBack(reward, language)]],
    [
      say.sections.seller,
      [
        seller,
        ...sellerLines(reward, language),
        ...(reward.kind === 'DONATION' ? [] : [say.alike]),
      ],
    ],
    [say.sections.nature, [say.nature]],
    [say.sections.version, [say.version(reward.id, published), say.forGood]],
  ];
  const lines = [
    `# ${asWritten(title)}`,
    ...chapter(say.sections.summary, summary, '**'),
    ...chapters.flatMap(([heading, said]) => chapter(heading, said)),
  ];
  return { language, title, summary, text: `${lines.join('\n')}\n` };
}

/** What one has of it, and until when. */
function handingOver(
  { kind, details, duringOrder, fulfilHours, validDays, weekdays, publishedAt }: DisclosedReward,
  say: Phrases,
  language: Language,
): string[] {
  if (kind === 'DONATION') return [donated[language]];
  if (kind === 'BILL_OFFSET') return [paidAtTill[language]];
  if (fulfilHours !== null) return [handedOver(fulfilHours, language)];
  if (details?.booking?.isWithoutSlots === false) return [onBookedDay[language]];
  if (duringOrder !== null) return [duringStay[language]];
  const published = dayOf(publishedAt);
  return [
    // The last day is the one before the voucher is not good any more.
    say.validity(validDays, published, addDays(published, validDays - 1)),
    weekdays === null ? say.everyDay : say.days(weekdays.toSorted()),
  ];
}

const chapter = (heading: string, sentences: readonly string[], mark = ''): string[] => [
  '',
  `## ${heading}`,
  '',
  ...sentences.map((sentence) => `- ${mark}${asWritten(sentence)}${mark}`),
];

/** What points are worth here, for as many points as make it a whole number of the smallest unit, at most the price. */
function worthLine({ points, cashMinor, cashCurrency }: DisclosedReward, say: Phrases): string {
  const cash = { minor: cashMinor, currency: cashCurrency };
  const some = [1, 10, 100, 1_000, 10_000].find(
    (count) => count < points && (BigInt(cashMinor) * BigInt(count)) % BigInt(points) === 0n,
  );
  if (some === undefined || cashMinor === 0) return say.given(cash);
  const minor = Number((BigInt(cashMinor) * BigInt(some)) / BigInt(points));
  return say.worth(cash, { minor, currency: cashCurrency }, some);
}

const cashOf = ({ cashMinor, cashCurrency }: DisclosedReward): Money => ({
  minor: cashMinor,
  currency: cashCurrency,
});

const inChinese = (of: Money): string => moneyText(of, 'zh-CN');
const inEnglish = (of: Money): string => moneyText(of, 'en');

const dayInChinese = (day: Day): string => {
  const [year, month, date] = isoDay(day).split('-').map(Number);
  return `${year}年${month}月${date}日`;
};
