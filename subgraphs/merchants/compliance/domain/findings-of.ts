import { type Check, type NamedText, textsOfReward, textsOfTerms } from './check.ts';
import { benefitChecks } from './checks/benefits.ts';
import { disclosureChecks } from './checks/disclosure.ts';
import { industryChecks } from './checks/industries.ts';
import { lotteryChecks } from './checks/lottery.ts';
import { noticeChecks } from './checks/notice.ts';
import { rateChecks } from './checks/rates.ts';
import { referralChecks } from './checks/referral.ts';
import { rewardChecks } from './checks/rewards.ts';
import { textChecks } from './checks/texts.ts';
import type { Finding, RewardSubject, RuleSubject } from './finding.ts';
import type { TextContext } from './texts/find-words.ts';
import { fold } from './texts/fold.ts';

/** All that the guard looks at, in the order in which findings are told. */
export const CHECKS: readonly Check[] = [
  ...benefitChecks,
  ...textChecks,
  ...referralChecks,
  ...rateChecks,
  ...lotteryChecks,
  ...disclosureChecks,
  ...industryChecks,
  ...noticeChecks,
  ...rewardChecks,
];

/** The checks that a rule is given to. */
const RULE_CHECKS: readonly Check[] = CHECKS.filter(
  ({ rule, text }) => rule !== undefined || text !== undefined,
);

const POINTS: TextContext = { about: 'POINTS' };

/** What the guard says of a rule: nothing, when it is lawful. Deterministic and pure. */
export const findingsOf = (subject: RuleSubject): Finding[] => [
  ...CHECKS.flatMap(({ rule }) => rule?.(subject) ?? []),
  ...findingsOfTexts(textsOfTerms(subject.terms), POINTS),
];

/** What the guard says of texts elsewhere, such as a merchant's page. */
export const findingsOfTexts = (texts: readonly NamedText[], context: TextContext): Finding[] => {
  const folded = texts.map(({ field, text }) => ({ field, folded: fold(text) }));
  return CHECKS.flatMap(({ text: look }) =>
    look === undefined ? [] : folded.flatMap((text) => look(text, context)),
  );
};

/** What the guard says of a reward and its texts. */
export const findingsOfReward = (subject: RewardSubject): Finding[] => [
  ...CHECKS.flatMap(({ reward }) => reward?.(subject) ?? []),
  ...findingsOfTexts(textsOfReward(subject), POINTS),
];

/** Whether something is found that stops a publication. */
export const areBlocking = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity === 'BLOCKS');

/** Ids of the checks of rules that found nothing. */
export function passedBy(findings: readonly Finding[]): string[] {
  const hit = new Set(findings.map(({ check }) => check));
  return RULE_CHECKS.map(({ id }) => id).filter((id) => !hit.has(id));
}
