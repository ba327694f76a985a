import type { Finding } from '../../compliance/domain/finding.ts';
import { findingsOf } from '../../compliance/domain/findings-of.ts';
import { standardNotice } from '../../compliance/domain/standard-notice.ts';
import type { MoneyInput, ProgrammeInput } from '../../schema.generated.ts';
import { basicTerms, type RuleTerms } from '../domain/terms.ts';
import type { RuleRow } from '../entities/rule.ts';
import { noticeOf, policyOf } from './terms-of.ts';

/** The terms of the basic rule of a programme with which a merchant joins. What it does not state is standard. */
export const foundedTerms = ({
  name,
  unit,
  earnPoints,
  earnPer,
  expiryMonths = null,
  notice,
  policy = null,
}: ProgrammeInput): RuleTerms => ({
  ...basicTerms({
    title: { zh: name.zh.trim(), en: name.en.trim() },
    rate: { points: earnPoints, minor: earnPer.amountMinor, currency: earnPer.currency },
    expiryMonths,
  }),
  notice: isStated(notice) ? noticeOf(notice) : standardNotice(unit),
  policy: policyOf(policy),
});

const isStated = (notice: ProgrammeInput['notice']): boolean =>
  Object.values(noticeOf(notice)).some((one) => one !== null);

type Founded = Readonly<{ programmeId: string; merchantId: string; at: Date }>;

/**
 * The first version of a programme's basic rule, in force at once: nobody has earned anything before, so
 * nobody has to be told of a change.
 */
export function foundedRule(
  programme: ProgrammeInput,
  { programmeId, merchantId, at }: Founded,
): RuleRow {
  const onboarding = 'onboarding';
  return {
    id: programmeId,
    ruleKey: programmeId,
    version: 1,
    programmeId,
    merchantId,
    state: 'PUBLISHED',
    terms: foundedTerms(programme),
    draftedBy: onboarding,
    draftedAt: at,
    reviewedBy: onboarding,
    reviewedAt: at,
    publishedBy: onboarding,
    publishedAt: at,
    commentUntil: null,
    effectiveAt: at,
    endsAt: null,
    endedBy: null,
    withdrawnBy: null,
    withdrawnAt: null,
    withdrawReason: null,
  };
}

/** Of a merchant that joins: its trade, and what it owes for its points. */
type Joining = Readonly<{ industry: string; price: MoneyInput; pricePoints: number }>;

/**
 * What the guard says of a programme with which a merchant joins: name, rate and all that it states. Points count at
 * the price of the contract, as nothing of the merchant is in the catalogue yet.
 */
export function findingsOfFounded(
  { industry, price, pricePoints: points }: Joining,
  [programme, others]: readonly [ProgrammeInput, readonly ProgrammeInput[]],
  merchantId: string,
  at: Date,
): readonly Finding[] {
  const terms = foundedTerms(programme);
  const contract = { minor: price.amountMinor, points, currency: price.currency };
  return findingsOf({
    terms,
    programme: { id: '', unit: programme.unit, name: programme.name },
    merchant: { id: merchantId, industry, facts: null, price: contract },
    worth: contract,
    worthAtOne: null,
    previous: null,
    beside: [],
    elsewhere: others.map((other) => ({ rules: [foundedTerms(other)], worth: contract })),
    publishedAt: at,
    effectiveAt: at,
  });
}
