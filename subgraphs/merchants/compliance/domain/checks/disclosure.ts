import { DISTANCE_DAYS } from '../../../orders/domain/return-window.ts';
import { advises, blocks, type Check, textsOfTerms, when } from '../check.ts';
import type { RuleSubject } from '../finding.ts';
import { isStated, packOf } from '../packs.ts';
import { wordsFound } from '../texts/find-words.ts';
import { fold } from '../texts/fold.ts';
import { SIGN_UP_GIFTS } from '../texts/lists/people.ts';

/** A campaign is used like the other points of its programme: the basic rule says how, and has the policy. */
const isBasic = ({ terms }: RuleSubject): boolean => terms.policy !== null;

const disclosureIncomplete: Check = {
  id: 'DISCLOSURE_INCOMPLETE',
  rows: ['R1', 'S60', 'R14'],
  source: 'LAW_CONSUMER_26',
  override: null,
  rule: (subject) => {
    const missing = isBasic(subject)
      ? (['notice.redemption', 'notice.complaints'] as const).filter(
          (field) => !isStated(subject.terms, field),
        )
      : [];
    const empty = textsOfTerms(subject.terms)
      .filter(({ field, text }) => text.trim() === '' && field !== 'notice.complaints')
      .map(({ field }) => field)
      .filter((field) => !missing.some((one) => field.startsWith(one)));
    return [...missing, ...empty].map((field) =>
      blocks('DISCLOSURE_INCOMPLETE', { field, parameters: { field } }),
    );
  },
};

/** S28: mileage tells rate, validity and limits; the first two always follow from the data. */
const industryDisclosure: Check = {
  id: 'INDUSTRY_DISCLOSURE_INCOMPLETE',
  rows: ['S28', 'S72', 'S27'],
  source: null,
  override: null,
  rule: (subject) =>
    isBasic(subject)
      ? packOf(subject.merchant.industry)
          .mandatory.filter((field) => !isStated(subject.terms, field))
          .map((field) =>
            blocks('INDUSTRY_DISCLOSURE_INCOMPLETE', {
              field,
              parameters: { field, industry: subject.merchant.industry },
            }),
          )
      : [],
};

const signUpPoints: Check = {
  id: 'SIGN_UP_POINTS',
  rows: ['S66', 'S72'],
  source: null,
  override: null,
  rule: ({ terms, merchant }) => {
    const pack = packOf(merchant.industry);
    // A bank that states that it has no cards may greet who registers.
    const hasCards = merchant.facts?.CARD_PROGRAMME !== 'false';
    const isSignUp =
      terms.trigger === 'CARD_ISSUED' || (hasCards && pack.refusedTriggers.includes(terms.trigger));
    const points = terms.award.kind === 'FIXED' ? terms.award.points : Infinity;
    const parameters = { max: pack.signUpPointsMax };
    const promised =
      hasCards && pack.refusedTriggers.length > 0
        ? textsOfTerms(terms).filter(
            ({ text }) => wordsFound(fold(text), SIGN_UP_GIFTS, { about: 'POINTS' }).length > 0,
          )
        : [];
    return [
      ...when(
        isSignUp && points > pack.signUpPointsMax,
        blocks('SIGN_UP_POINTS', { field: 'trigger', parameters }),
      ),
      ...promised.map(({ field }) => blocks('SIGN_UP_POINTS', { field, parameters })),
    ];
  },
};

/** A grant that no purchase pays for has a budget, or what is owed has no end (L4, L10). */
const budgetMissing: Check = {
  id: 'BUDGET_MISSING',
  rows: ['L10', 'L4'],
  source: null,
  override: null,
  rule: ({ terms }) =>
    when(
      terms.trigger !== 'PURCHASE' && terms.caps.budget === null,
      blocks('BUDGET_MISSING', { field: 'caps.budget' }),
    ),
};

const expiryShort: Check = {
  id: 'EXPIRY_SHORT',
  rows: ['S6', 'R4'],
  source: null,
  override: null,
  rule: ({ terms }) =>
    when(
      terms.policy !== null && terms.expiry.kind === 'MONTHS' && terms.expiry.months < 6,
      advises('EXPIRY_SHORT', {
        field: 'expiry.months',
        parameters: { months: terms.expiry.kind === 'MONTHS' ? terms.expiry.months : 0 },
      }),
    ),
};

const returnsShort: Check = {
  id: 'RETURNS_SHORT',
  rows: ['R6', 'S64'],
  source: 'LAW_CONSUMER_25',
  override: null,
  rule: ({ terms }) =>
    when(
      terms.policy !== null && terms.policy.returnDays < DISTANCE_DAYS,
      advises('RETURNS_SHORT', {
        field: 'policy.returnDays',
        parameters: { days: terms.policy?.returnDays ?? 0, min: DISTANCE_DAYS },
      }),
    ),
};

export const disclosureChecks: readonly Check[] = [
  disclosureIncomplete,
  industryDisclosure,
  signUpPoints,
  budgetMissing,
  expiryShort,
  returnsShort,
];
