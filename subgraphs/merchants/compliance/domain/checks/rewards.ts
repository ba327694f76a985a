import { blocks, type Check, when } from '../check.ts';
import type { Restrictions, RewardSubject } from '../finding.ts';
import { fraction, isAbove, larger, percentText, times, ZERO } from '../fraction.ts';
import { highestRebate, REBATE_MAX } from '../rebate.ts';
import { fold } from '../texts/fold.ts';

/**
 * What points may not be exchanged for (S67). A category is compared as a whole, so that a bookshop's
 * `tobacco-history` is none; a title by words that mean nothing else.
 */
const CATEGORIES = new Set([
  'tobacco',
  'cigarettes',
  'e-cigarettes',
  'prescription-drugs',
  'securities',
  'shares',
  'funds',
  'lottery-tickets',
  'lottery',
  'cash',
  'prepaid-cards',
  'gambling',
  'weapons',
  'fireworks',
  'wildlife',
  'cryptocurrency',
  '烟草',
  '香烟',
  '电子烟',
  '处方药',
  '证券',
  '股票',
  '基金',
  '彩票',
  '现金',
  '预付卡',
  '虚拟货币',
  '枪支弹药',
  '烟花爆竹',
  '野生动物',
]);

const TITLES =
  /香烟|卷烟|电子烟|烟弹|雪茄(?!色|形|盒形)|处方药|股票(?!形)|基金份额|彩票|刮刮乐|现金红包|人民币现金|购物卡充值|代币|虚拟币|枪支|烟花爆竹/u;

const HARMLESS = /戒烟|禁烟|无烟|玩具枪|模型|仿真烟花|书|图册|邮票/u;

const ENGLISH_TITLES =
  /\b(?:cigarettes?|cigars?|e cigarettes?|vapes?|prescription (?:drugs?|medicines?)|lottery tickets?|scratch cards?|company shares|cash prize|bitcoin|fireworks)\b/;

const prohibitedCategory: Check = {
  id: 'PROHIBITED_CATEGORY',
  rows: ['S67'],
  source: null,
  override: null,
  reward: ({ category, title }) => {
    const isListed =
      category !== null && CATEGORIES.has(category.normalize('NFKC').trim().toLowerCase());
    if (isListed) {
      return [
        blocks('PROHIBITED_CATEGORY', { field: 'category', parameters: { words: category } }),
      ];
    }
    const { han } = fold(title.zh);
    const { latin } = fold(title.en);
    const word = HARMLESS.test(han) ? undefined : TITLES.exec(han)?.[0];
    const found =
      word ?? (/\bbook|toy|quit|stamp/.test(latin) ? undefined : ENGLISH_TITLES.exec(latin)?.[0]);
    return found === undefined
      ? []
      : [
          blocks('PROHIBITED_CATEGORY', {
            field: word === undefined ? 'title.en' : 'title.zh',
            parameters: { words: found },
          }),
        ];
  },
};

/** S27, S30: for points one gets the same as for money. */
const parity: Check = {
  id: 'PARITY_VIOLATION',
  rows: ['S27', 'S30', 'S64'],
  source: null,
  override: null,
  reward: ({ restrictions, cash }) =>
    stricter(restrictions, cash.restrictions).map((field) =>
      blocks('PARITY_VIOLATION', { field: `restrictions.${field}`, parameters: { field } }),
    ),
};

/** In what points buy less than money does. */
function stricter(points: Restrictions, cash: Restrictions): string[] {
  const lists = (['slots', 'weekdays', 'regions', 'stores'] as const).filter((list) =>
    lacks<string | number>(points[list], cash[list]),
  );
  return [
    ...lists,
    ...(points.returnDays < cash.returnDays ? ['returnDays'] : []),
    ...((points.validDays ?? Infinity) < (cash.validDays ?? Infinity) ? ['validDays'] : []),
    ...(cash.hasAfterSales && !points.hasAfterSales ? ['hasAfterSales'] : []),
  ];
}

/** Something that the other list leaves open or names is missing. */
const lacks = <Value>(list: readonly Value[] | null, other: readonly Value[] | null): boolean =>
  list !== null && (other === null || other.some((value) => !list.includes(value)));

/** R9: points and money together never cost more than money alone. */
const priceAboveCash: Check = {
  id: 'PRICE_ABOVE_CASH',
  rows: ['R9'],
  source: 'LAW_PRICE_FRAUD_19_7',
  override: null,
  reward: (subject) => {
    const { points, moneyMinor, value, cash } = subject;
    const isDearer =
      value === null
        ? moneyMinor > cash.priceMinor
        : BigInt(points) * BigInt(value.minor) >
          BigInt(cash.priceMinor - moneyMinor) * BigInt(value.points);
    return when(
      isDearer,
      blocks('PRICE_ABOVE_CASH', {
        field: moneyMinor > 0 ? 'moneyMinor' : 'points',
        parameters: { price: cash.priceMinor / 100 },
      }),
    );
  },
};

/** L9: who grants points and takes them gives back no more than it may by its rules. */
const tooGenerous: Check = {
  id: 'REWARD_TOO_GENEROUS',
  rows: ['L9', 'S71'],
  source: null,
  override: null,
  reward: ({ points, moneyMinor, cash, currency, rules }) => {
    const worth = { minor: Math.max(cash.priceMinor - moneyMinor, 0), points, currency };
    const rebates = rules
      .map(({ terms, beside }) => highestRebate({ terms, beside, worth, elsewhere: [] }))
      .filter((rebate) => rebate !== null && rebate !== 'UNBOUNDED');
    const rebate = rebates.reduce(larger, ZERO);
    // So many points that the rebate is just what it may be, rounded up.
    const { over, under } = times(rebate, fraction(points, 1));
    const [most, part] = [over * REBATE_MAX.under, under * REBATE_MAX.over];
    return when(
      isAbove(rebate, REBATE_MAX),
      blocks('REWARD_TOO_GENEROUS', {
        field: 'points',
        parameters: {
          rebate: percentText(rebate),
          max: percentText(REBATE_MAX),
          least: String((most + part - 1n) / part),
        },
      }),
    );
  },
};

/** S65, R14: who buys with points knows as well from whom. */
const sellerMissing: Check = {
  id: 'SELLER_MISSING',
  rows: ['S65', 'R14'],
  source: 'LAW_CONSUMER_44',
  override: null,
  reward: ({ seller }: RewardSubject) =>
    when(seller === null || seller.trim() === '', blocks('SELLER_MISSING', { field: 'seller' })),
};

export const rewardChecks: readonly Check[] = [
  prohibitedCategory,
  parity,
  priceAboveCash,
  tooGenerous,
  sellerMissing,
];
