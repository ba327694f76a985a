import type { Work } from '../../../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import {
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type { ReviewAccrualRuleInput } from '../../schema.generated.ts';
import { Rule } from '../entities/rule.ts';
import { lockRule, notReady, secondPersonNeeded } from './lock.ts';

export type AccrualRuleReviewed = Readonly<{ kind: 'AccrualRuleReviewed'; ruleId: string }>;

type ReviewOutcome =
  | AccrualRuleReviewed
  | Refused<'SecondPersonNeeded'>
  | Refused<'SponsorNeeded'>
  | Refused<'RuleNotReady'>
  | NotFound;

/** A second person stands for a draft. Who would pay for its points has a say in it. */
export async function reviewAccrualRule(
  work: Work,
  { ruleId }: ReviewAccrualRuleInput,
): Promise<ReviewOutcome> {
  const { manager, at, caller } = work;
  const rule = await lockRule(work, ruleId);
  if (rule === null) return notFound('RULE_NOT_FOUND');
  if (rule.state !== 'DRAFT') return notReady('RULE_NOT_DRAFT');
  if (rule.draftedBy === caller.subject) return secondPersonNeeded();
  const payer = rule.terms.sponsorId ?? rule.merchantId;
  if (!actsForMerchant(caller, payer)) return refused('SponsorNeeded', 'SPONSOR_NEEDED');

  // From here on the command must succeed.
  await manager.update(Rule, rule.id, {
    state: 'REVIEWED',
    reviewedBy: caller.subject,
    reviewedAt: at,
  });
  return { kind: 'AccrualRuleReviewed', ruleId };
}
