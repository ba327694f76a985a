import type { RuleTerms } from '../../rules/domain/terms.ts';
import { type CodeKind, type Names, nameKey } from './names.ts';
import type { Listed, Phrases } from './phrases.ts';

/** The lists of a condition in the order in which they are told, with what is meant by their codes. */
const LISTS: readonly (readonly [
  Exclude<Listed, 'behaviours' | 'projects'>,
  CodeKind | 'STORE',
])[] = [
  ['categories', 'CATEGORY'],
  ['skus', 'SKU'],
  ['stores', 'STORE'],
  ['channels', 'CHANNEL'],
  ['regions', 'REGION'],
  ['paymentInstruments', 'PAYMENT_INSTRUMENT'],
  ['tiers', 'TIER'],
];

/** What a code is called; one that nobody has named is shown as what it is. */
export function called(names: Names, kind: CodeKind | 'STORE', code: string, say: Phrases): string {
  const name = names.get(nameKey(kind, code));
  return name === undefined ? say.quoted(code) : say.pick(name);
}

/** Of a green act the behaviour is its category, and its project the article. */
const OF_ACTS: Readonly<Partial<Record<Listed, Listed>>> = {
  categories: 'behaviours',
  skus: 'projects',
};

/** A sentence for each condition of a rule, whatever sets it off; none when it has none. */
export function conditionLines(
  { trigger, condition, award }: RuleTerms,
  names: Names,
  say: Phrases,
): string[] {
  const { isGreen, weekdays, hours, from, until, minimumMinor } = condition;
  const currency = award.kind === 'RATE' ? award.rate.currency : 'CNY';
  const isPurchase = trigger === 'PURCHASE';
  return [
    ...(trigger === 'APPRECIATION' && from !== null && until !== null
      ? [say.period(new Date(from), new Date(until))]
      : [
          ...(from === null ? [] : [say.from(new Date(from))]),
          ...(until === null ? [] : [say.until(new Date(until))]),
        ]),
    ...LISTS.flatMap(([list, kind]) => {
      const codes = condition[list];
      if (codes === null) return [];
      return [
        say.restrictedTo(
          trigger === 'GREEN_ACT' ? (OF_ACTS[list] ?? list) : list,
          codes.map((code) => called(names, kind, code, say)),
        ),
      ];
    }),
    ...(isGreen === null || !isPurchase ? [] : [say.green(isGreen)]),
    ...(weekdays === null ? [] : [say.weekdays(weekdays)]),
    ...(hours === null ? [] : [say.hours(hours.from, hours.until)]),
    ...(minimumMinor === null || !isPurchase ? [] : [say.minimum(minimumMinor, currency)]),
  ];
}

/** What of purchases counts and what does not, and last what is counted of it. */
export function countsLines(terms: RuleTerms, names: Names, say: Phrases): string[] {
  const lines = conditionLines(terms, names, say);
  if (lines.length === 0) return [say.everything, say.paidAmount];
  return [
    ...lines,
    terms.award.kind === 'RATE' ? say.otherwiseNothing : say.otherwiseUsual,
    say.paidAmount,
  ];
}
