import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import {
  type InvalidInput,
  invalidInput,
  type Refused,
} from '../../../../shared/graphql/refusals.ts';
import { earliestEffect, type NoticePolicy, noticeDays } from '../domain/notice.ts';
import { ruleWithdrawn } from '../domain/rule-events.ts';
import { Rule, type RuleRow } from '../entities/rule.ts';
import { haveEarned } from './around-rule.ts';
import { noticeTooShort, notReady } from './lock.ts';

/** When a rule that is in force ends, with the notice of a change to the worse. */
export async function endOf(
  { manager, at }: Pick<Work, 'manager' | 'at'>,
  rule: RuleRow,
  asked: Date | null,
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

/** Announces the end of a rule that is in force. */
export async function announceEnd(
  { manager, at }: Pick<Work, 'manager' | 'at'>,
  rule: RuleRow,
  endsAt: Date,
  { by, reason }: Readonly<{ by: string; reason: string }>,
): Promise<void> {
  await manager.update(Rule, rule.id, {
    endsAt,
    withdrawnBy: by,
    withdrawnAt: at,
    withdrawReason: reason,
  });
  await appendEvents(manager, at, [ruleWithdrawn(rule, endsAt)]);
}

/** Whether nobody loses anything by the end of a rule: the time of the campaign is over. */
export const isOver = ({ terms }: RuleRow, at: Date): boolean => {
  const { until } = terms.condition;
  return until !== null && Date.parse(until) <= at.getTime();
};

/** A campaign whose time is over takes nothing from anybody when it ends; a basic rule takes the programme along. */
function kindOfEnd(rule: RuleRow, at: Date): 'FIRST' | 'CHANGE' | 'END' {
  if (isOver(rule, at)) return 'FIRST';
  return rule.ruleKey === rule.programmeId ? 'END' : 'CHANGE';
}
