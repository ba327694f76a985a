import type { RuleTerms } from '../../rules/domain/terms.ts';
import type { Listed, Phrases } from './phrases.ts';

const LISTS: readonly Listed[] = [
  'categories',
  'skus',
  'stores',
  'channels',
  'regions',
  'paymentInstruments',
  'tiers',
];

/** What counts and what does not, a sentence for each condition, and last what is counted of it. */
export function countsLines({ condition, award }: RuleTerms, say: Phrases): string[] {
  const { isGreen, weekdays, hours, from, until, minimumMinor } = condition;
  const currency = award.kind === 'RATE' ? award.rate.currency : 'CNY';
  const lines = [
    ...(from === null ? [] : [say.from(new Date(from))]),
    ...(until === null ? [] : [say.until(new Date(until))]),
    ...LISTS.flatMap((name) => {
      const values = condition[name];
      return values === null ? [] : [say.restrictedTo(name, values)];
    }),
    ...(isGreen === null ? [] : [say.green(isGreen)]),
    ...(weekdays === null ? [] : [say.weekdays(weekdays)]),
    ...(hours === null ? [] : [say.hours(hours.from, hours.until)]),
    ...(minimumMinor === null ? [] : [say.minimum(minimumMinor, currency)]),
  ];
  if (lines.length === 0) return [say.everything, say.paidAmount];
  return [
    ...lines,
    award.kind === 'RATE' ? say.otherwiseNothing : say.otherwiseUsual,
    say.paidAmount,
  ];
}
