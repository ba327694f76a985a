import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import {
  type InvalidInput,
  type NotFound,
  notFound,
  type Refused,
} from '../../../../shared/graphql/refusals.ts';
import type { ConfirmAccrualRuleEndInput } from '../../schema.generated.ts';
import type { NoticePolicy } from '../domain/notice.ts';
import { ruleState } from '../domain/rule-state.ts';
import { ruleEndsOf } from '../queries/rule-ends.ts';
import { announceEnd, endOf } from './end-of-rule.ts';
import { lockRule, notReady, secondPersonNeeded } from './lock.ts';
import type { AccrualRuleWithdrawn } from './withdraw-rule.ts';

type ConfirmOutcome =
  | AccrualRuleWithdrawn
  | Refused<'SecondPersonNeeded'>
  | Refused<'RuleNotReady'>
  | Refused<'NoticeTooShort'>
  | NotFound
  | InvalidInput;

/** A second person stands for the end of a rule. It is announced, and its notice begins now. */
export const confirmAccrualRuleEndOf = (notice: NoticePolicy) =>
  async function confirmAccrualRuleEnd(
    work: Work,
    { ruleId }: ConfirmAccrualRuleEndInput,
  ): Promise<ConfirmOutcome> {
    const { manager, at, caller } = work;
    const rule = await lockRule(work, ruleId);
    if (rule === null) return notFound('RULE_NOT_FOUND');
    if (ruleState(rule, at) !== 'EFFECTIVE') return notReady('RULE_IS_OVER');
    const [end] = await ruleEndsOf(manager, [rule.id]);
    if (end === undefined) return notReady('RULE_END_NOT_PROPOSED');
    if (end.proposedBy === caller.subject) return secondPersonNeeded();
    const endsAt = await endOf(work, rule, end.askedAt, notice);
    if ('kind' in endsAt) return endsAt;

    // From here on the command must succeed.
    const { proposedBy: by, reason } = end;
    await execute(manager, 'UPDATE merchants_rule_end SET confirmed_by = ? WHERE rule_id = ?', [
      ...[caller.subject, rule.id],
    ]);
    await announceEnd(work, rule, endsAt, { by, reason });
    return { kind: 'AccrualRuleWithdrawn', ruleId: rule.id, isProposed: false };
  };
