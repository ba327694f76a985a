import type { Locale } from '../../../shared/graphql/wording.ts';
import type { CodeKind, Names } from '../disclosure/domain/names.ts';
import { listOf } from '../disclosure/queries/visible-names.ts';
import type { Reason } from '../rules/domain/earning.ts';
import type { CONDITION_LISTS, Condition } from '../rules/domain/terms.ts';

/** The reasons that name codes: of which list of the condition they are, and what is meant by them. */
const NAMING: ReadonlyMap<
  string,
  Readonly<{
    list: Exclude<(typeof CONDITION_LISTS)[number], 'weekdays'>;
    kind: CodeKind | 'STORE';
  }>
> = new Map([
  ['RULE_CATEGORY', { list: 'categories', kind: 'CATEGORY' }],
  ['RULE_SKU', { list: 'skus', kind: 'SKU' }],
  ['RULE_STORE', { list: 'stores', kind: 'STORE' }],
  ['RULE_CHANNEL', { list: 'channels', kind: 'CHANNEL' }],
  ['RULE_REGION', { list: 'regions', kind: 'REGION' }],
  ['RULE_PAYMENT', { list: 'paymentInstruments', kind: 'PAYMENT_INSTRUMENT' }],
  ['RULE_TIER', { list: 'tiers', kind: 'TIER' }],
]);

/** Whether a reason is told in words that members know only when codes have names. */
export const namesCodes = ({ code }: Reason): boolean => NAMING.has(code);

/** A reason with what its codes are called, for the language of whoever reads it. */
export function namedReason(
  reason: Reason,
  { condition, names, locale }: Readonly<{ condition: Condition; names: Names; locale: Locale }>,
): Reason {
  const naming = NAMING.get(reason.code);
  if (naming === undefined) return reason;
  const called = (codes: readonly string[]) => listOf(names, naming.kind, codes, locale);
  const { actual } = reason.parameters;
  return {
    ...reason,
    parameters: {
      ...reason.parameters,
      required: called(condition[naming.list] ?? []),
      ...(typeof actual === 'string' && { actual: called([actual]) }),
    },
  };
}
