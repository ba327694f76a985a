import { advises, blocks, type Check, type NamedText, when } from '../check.ts';
import type { Finding, RuleSubject } from '../finding.ts';
import { type Fraction, fraction, isAbove, isEqual, percentText, times } from '../fraction.ts';
import { highestRebate, REBATE_MAX, REBATE_REVIEW } from '../rebate.ts';

/** What the rule alone gives back of the price, at the value at which a member uses points. */
function effectiveRebate({ terms, worth }: RuleSubject): Fraction | null {
  const { award } = terms;
  if (award.kind !== 'RATE' || award.rate.currency !== worth.currency) return null;
  return times(fraction(award.rate.points, award.rate.minor), fraction(worth.minor, worth.points));
}

/** S9, TV7: "1 %" over 10 points for a yuan of 0.01 yuan each is refused: it is 10 %. */
const advertisedRate: Check = {
  id: 'ADVERTISED_RATE_DIFFERS',
  rows: ['S9', 'R9'],
  source: 'LAW_PRICE_14_4',
  override: null,
  rule: (subject) => {
    const effective = effectiveRebate(subject);
    if (effective === null) return [];
    const { advertisedRebate, advertisement } = subject.terms.notice;
    const stated =
      advertisedRebate === null
        ? []
        : [
            {
              field: 'notice.advertisedRebate',
              rebate: fraction(advertisedRebate.numerator, advertisedRebate.denominator),
            },
          ];
    const worded = [
      { field: 'notice.advertisement.zh', text: advertisement?.zh ?? '' },
      { field: 'notice.advertisement.en', text: advertisement?.en ?? '' },
    ].flatMap(({ field, text }) => percentagesOf({ field, text }));
    return [...stated, ...worded]
      .filter(({ rebate }) => !isEqual(rebate, effective))
      .map(({ field, rebate }) => differs(field, rebate, effective));
  },
};

const differs = (field: string, rebate: Fraction, effective: Fraction): Finding =>
  blocks('ADVERTISED_RATE_DIFFERS', {
    field,
    parameters: { advertised: percentText(rebate), effective: percentText(effective) },
  });

/** What an advertisement says that comes back: 返1%, 1%返积分, 1% back in points. */
function percentagesOf({ field, text }: NamedText): { field: string; rebate: Fraction }[] {
  const patterns = [
    /返(?:还|利|积分)?\s*(\d{1,3})(?:\.(\d{1,4}))?\s*%/g,
    /(\d{1,3})(?:\.(\d{1,4}))?\s*%\s*(?:的)?(?:返|积分|back|in points|rebate)/gi,
  ];
  const folded = text.normalize('NFKC');
  return patterns
    .flatMap((pattern) => [...folded.matchAll(pattern)])
    .map(([, whole = '0', rest = '']) => ({
      field,
      rebate: fraction(BigInt(whole + rest), 100n * 10n ** BigInt(rest.length)),
    }));
}

const rebateTooHigh: Check = {
  id: 'REBATE_TOO_HIGH',
  rows: ['L9', 'S71'],
  source: null,
  override: null,
  rule: (subject) => {
    const rebate = highestRebate(subject);
    if (rebate === null || rebate === 'UNBOUNDED') return [];
    return when(
      isAbove(rebate, REBATE_MAX),
      blocks('REBATE_TOO_HIGH', {
        field: 'award',
        parameters: { rebate: percentText(rebate), max: percentText(REBATE_MAX) },
      }),
    );
  },
};

/** Points for an order however small: the rebate has no bound at all. */
const rebateUnbounded: Check = {
  id: 'REBATE_UNBOUNDED',
  rows: ['L9', 'S71'],
  source: null,
  override: null,
  rule: (subject) =>
    when(
      subject.terms.award.kind === 'FIXED' && highestRebate(subject) === 'UNBOUNDED',
      blocks('REBATE_UNBOUNDED', { field: 'condition.minimumMinor' }),
    ),
};

const rebateHigh: Check = {
  id: 'REBATE_HIGH',
  rows: ['L9', 'S71'],
  source: null,
  override: null,
  rule: (subject) => {
    const rebate = highestRebate(subject);
    if (rebate === null || rebate === 'UNBOUNDED') return [];
    return when(
      isAbove(rebate, REBATE_REVIEW) && !isAbove(rebate, REBATE_MAX),
      advises('REBATE_HIGH', {
        field: 'award',
        parameters: { rebate: percentText(rebate), review: percentText(REBATE_REVIEW) },
      }),
    );
  },
};

/** What one other merchant alone gives never stops a rule; somebody should know of it. */
const rebateAtOne: Check = {
  id: 'REBATE_HIGH_AT_ONE',
  rows: ['L9', 'S71'],
  source: null,
  override: null,
  rule: (subject) => {
    const { worth, worthAtOne } = subject;
    if (worthAtOne === null) return [];
    const rebate = highestRebate({ ...subject, worth: { ...worth, ...worthAtOne } });
    if (rebate === null || rebate === 'UNBOUNDED') return [];
    return when(
      isAbove(rebate, REBATE_MAX),
      advises('REBATE_HIGH_AT_ONE', {
        field: 'award',
        parameters: { rebate: percentText(rebate), max: percentText(REBATE_MAX) },
      }),
    );
  },
};

export const rateChecks: readonly Check[] = [
  advertisedRate,
  rebateTooHigh,
  rebateUnbounded,
  rebateHigh,
  rebateAtOne,
];
