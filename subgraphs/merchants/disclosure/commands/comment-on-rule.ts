import type { Work } from '../../../../shared/commands/run-command.ts';
import {
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
} from '../../../../shared/graphql/refusals.ts';
import { notReady } from '../../rules/commands/lock.ts';
import { ruleState } from '../../rules/domain/rule-state.ts';
import { Rule } from '../../rules/entities/rule.ts';
import type { CommentOnAccrualRuleInput } from '../../schema.generated.ts';
import { RuleComment } from '../entities/answers.ts';

export type RuleCommentRecorded = Readonly<{ kind: 'RuleCommentRecorded'; commentId: string }>;

const TEXT_MAX = 1_000;
/** Of one member on one version: enough for afterthoughts, not for flooding. */
const COMMENTS_MAX = 10;

/** A member says what she thinks of a version, from its publication until it is in force. */
export async function commentOnAccrualRule(
  { manager, at, newId, caller }: Work,
  { ruleId, text }: CommentOnAccrualRuleInput,
): Promise<RuleCommentRecorded | Refused<'RuleNotReady'> | NotFound | InvalidInput> {
  const unusable = checkText('text', text, TEXT_MAX);
  if (unusable !== null) return unusable;
  const rule = await manager.findOneBy(Rule, { id: ruleId });
  const { memberId } = caller;
  if (rule?.id !== ruleId || rule.publishedAt === null || memberId === null) {
    return notFound('RULE_NOT_FOUND');
  }
  const state = ruleState(rule, at);
  if (state !== 'COMMENT' && state !== 'NOTICE') return notReady('RULE_NOT_OPEN');
  if ((await manager.countBy(RuleComment, { ruleId, memberId })) >= COMMENTS_MAX) {
    return invalidInput('TOO_MANY_COMMENTS', 'ruleId', { max: COMMENTS_MAX });
  }

  // From here on the command must succeed.
  const id = newId();
  await manager.insert(RuleComment, { id, ruleId, memberId, text: text.trim(), at });
  return { kind: 'RuleCommentRecorded', commentId: id };
}
