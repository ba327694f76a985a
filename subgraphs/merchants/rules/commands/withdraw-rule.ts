import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import {
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
} from '../../../../shared/graphql/refusals.ts';
import type { WithdrawAccrualRuleInput } from '../../schema.generated.ts';
import { earliestEffect, type NoticePolicy, noticeDays } from '../domain/notice.ts';
import { ruleWithdrawn } from '../domain/rule-events.ts';
import { ruleState } from '../domain/rule-state.ts';
import { Rule, type RuleRow } from '../entities/rule.ts';
import { haveEarned } from './around-rule.ts';
import { lockRule, noticeTooShort, notReady } from './lock.ts';

export type AccrualRuleWithdrawn = Readonly<{ kind: 'AccrualRuleWithdrawn'; ruleId: string }>;

type WithdrawOutcome =
  | AccrualRuleWithdrawn
  | Refused<'RuleNotReady'>
  | Refused<'NoticeTooShort'>
  | NotFound
  | InvalidInput;

const REASON_MAX = 500;

/** Takes a version back that is not in force yet; announces the end of one that is. */
export const withdrawAccrualRuleOf = (notice: NoticePolicy) =>
  async function withdrawAccrualRule(
    work: Work,
    input: WithdrawAccrualRuleInput,
  ): Promise<WithdrawOutcome> {
    const unusable = checkText('reason', input.reason, REASON_MAX);
    if (unusable !== null) return unusable;
    const rule = await lockRule(work, input.ruleId);
    if (rule === null) return notFound('RULE_NOT_FOUND');
    const state = ruleState(rule, work.at);
    if (state === 'SUPERSEDED' || state === 'WITHDRAWN') return notReady('RULE_IS_OVER');
    if (state !== 'EFFECTIVE') {
      if (input.endsAt != null) return invalidInput('END_NOT_NEEDED', 'endsAt');

      // From here on the command must succeed.
      await takeBack(work, rule, input.reason.trim());
      return { kind: 'AccrualRuleWithdrawn', ruleId: rule.id };
    }
    const endsAt = await endOf(work, rule, input, notice);
    if ('kind' in endsAt) return endsAt;

    // From here on the command must succeed.
    await work.manager.update(Rule, rule.id, {
      endsAt,
      withdrawnBy: work.caller.subject,
      withdrawnAt: work.at,
      withdrawReason: input.reason.trim(),
    });
    await appendEvents(work.manager, work.at, [ruleWithdrawn(rule, endsAt)]);
    return { kind: 'AccrualRuleWithdrawn', ruleId: rule.id };
  };

/** The version that it would have ended goes on. */
async function takeBack({ manager, at, caller }: Work, rule: RuleRow, reason: string) {
  await manager.update(Rule, { endedBy: rule.id }, { endsAt: null, endedBy: null });
  await manager.update(Rule, rule.id, {
    state: 'WITHDRAWN',
    withdrawnBy: caller.subject,
    withdrawnAt: at,
    withdrawReason: reason,
  });
  if (rule.state === 'PUBLISHED') await appendEvents(manager, at, [ruleWithdrawn(rule, null)]);
}

/** When a rule that is in force ends, with the notice of a change to the worse. */
async function endOf(
  { manager, at }: Work,
  rule: RuleRow,
  { endsAt: asked = null }: WithdrawAccrualRuleInput,
  notice: NoticePolicy,
): Promise<Date | Refused<'RuleNotReady'> | Refused<'NoticeTooShort'> | InvalidInput> {
  if (rule.endsAt !== null) return notReady('RULE_ENDS_ALREADY');
  if (asked !== null && asked < at) return invalidInput('EFFECTIVE_IN_PAST', 'endsAt');
  const concernsMany = await haveEarned(manager, [rule.ruleKey], notice.many);
  const days = noticeDays({ kind: kindOfEnd(rule, at), isAdverse: true, concernsMany }, notice);
  const earliest = earliestEffect(at, days);
  if (asked !== null && asked < earliest) return noticeTooShort(earliest, days);
  return asked ?? earliest;
}

/** A campaign whose time is over takes nothing from anybody when it ends; a basic rule takes the programme along. */
function kindOfEnd({ ruleKey, programmeId, terms }: RuleRow, at: Date): 'FIRST' | 'CHANGE' | 'END' {
  const { until } = terms.condition;
  if (until !== null && Date.parse(until) <= at.getTime()) return 'FIRST';
  return ruleKey === programmeId ? 'END' : 'CHANGE';
}
