import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
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
import type { NoticePolicy } from '../domain/notice.ts';
import { ruleWithdrawn } from '../domain/rule-events.ts';
import { ruleState } from '../domain/rule-state.ts';
import { Rule, type RuleRow } from '../entities/rule.ts';
import { announceEnd, endOf, isOver } from './end-of-rule.ts';
import { lockRule, notReady } from './lock.ts';

/** `isProposed`: nothing has changed yet, and a second person is waited for. */
export type AccrualRuleWithdrawn = Readonly<{
  kind: 'AccrualRuleWithdrawn';
  ruleId: string;
  isProposed: boolean;
}>;

type WithdrawOutcome =
  | AccrualRuleWithdrawn
  | Refused<'RuleNotReady'>
  | Refused<'NoticeTooShort'>
  | NotFound
  | InvalidInput;

const REASON_MAX = 500;

/**
 * Takes a version back that is not in force yet. The end of one that is takes something from members, as a change
 * to the worse does: it is proposed, and a second person confirms it.
 */
export const withdrawAccrualRuleOf = (notice: NoticePolicy) =>
  async function withdrawAccrualRule(
    work: Work,
    input: WithdrawAccrualRuleInput,
  ): Promise<WithdrawOutcome> {
    const unusable = checkText('reason', input.reason, REASON_MAX);
    if (unusable !== null) return unusable;
    const rule = await lockRule(work, input.ruleId);
    if (rule === null) return notFound('RULE_NOT_FOUND');
    const reason = input.reason.trim();
    const state = ruleState(rule, work.at);
    if (state === 'SUPERSEDED' || state === 'WITHDRAWN') return notReady('RULE_IS_OVER');
    if (state !== 'EFFECTIVE') {
      if (input.endsAt != null) return invalidInput('END_NOT_NEEDED', 'endsAt');

      // From here on the command must succeed.
      await takeBack(work, rule, reason);
      return { kind: 'AccrualRuleWithdrawn', ruleId: rule.id, isProposed: false };
    }
    const askedAt = input.endsAt ?? null;
    const endsAt = await endOf(work, rule, askedAt, notice);
    if ('kind' in endsAt) return endsAt;

    // From here on the command must succeed.
    if (isOver(rule, work.at)) {
      await announceEnd(work, rule, endsAt, { by: work.caller.subject, reason });
      return { kind: 'AccrualRuleWithdrawn', ruleId: rule.id, isProposed: false };
    }
    await propose(work, rule, reason, askedAt);
    return { kind: 'AccrualRuleWithdrawn', ruleId: rule.id, isProposed: true };
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

/** Members are told of it when a second person has confirmed it. A later proposal takes the place of an earlier one. */
async function propose(
  { manager, dialect, at, caller }: Work,
  { id }: RuleRow,
  reason: string,
  askedAt: Date | null,
): Promise<void> {
  await insertRows(
    manager,
    'merchants_rule_end',
    ['rule_id', 'reason', 'asked_ms', 'proposed_by', 'proposed_ms'],
    [[id, reason, askedAt?.getTime() ?? null, caller.subject, at.getTime()]],
    {
      ending: dialect.onDuplicateUpdate(
        ['rule_id'],
        ['reason', 'asked_ms', 'proposed_by', 'proposed_ms'],
      ),
    },
  );
}
