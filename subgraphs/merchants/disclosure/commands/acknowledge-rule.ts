import type { Work } from '../../../../shared/commands/run-command.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
} from '../../../../shared/graphql/refusals.ts';
import { notReady } from '../../rules/commands/lock.ts';
import { ruleState } from '../../rules/domain/rule-state.ts';
import { Rule } from '../../rules/entities/rule.ts';
import type { AcknowledgeRuleInput } from '../../schema.generated.ts';
import { RuleAcknowledgement } from '../entities/answers.ts';
import { Disclosure } from '../entities/disclosure.ts';
import { keepDisclosures } from './keep-disclosures.ts';

export type RuleAcknowledged = Readonly<{ kind: 'RuleAcknowledged'; acknowledgementId: string }>;

/**
 * Keeps that a member has read a version, which text, and how it was shown (R1). The first time counts: who
 * acknowledges again is answered with what is kept.
 */
export async function acknowledgeRule(
  work: Work,
  { ruleId, sha256, language, presentation }: AcknowledgeRuleInput,
): Promise<RuleAcknowledged | Refused<'RuleNotReady'> | NotFound | InvalidInput> {
  const { manager, dialect, at, newId, caller } = work;
  await manager.query(`SELECT id FROM merchants_rule WHERE id = ? ${dialect.forUpdate}`, [ruleId]);
  const rule = await manager.findOneBy(Rule, { id: ruleId });
  const { memberId } = caller;
  if (rule?.id !== ruleId || rule.publishedAt === null || memberId === null) {
    return notFound('RULE_NOT_FOUND');
  }
  const known = await manager.findOneBy(RuleAcknowledgement, { ruleId, memberId });
  if (known !== null) return { kind: 'RuleAcknowledged', acknowledgementId: known.id };
  const state = ruleState(rule, at);
  if (state === 'WITHDRAWN' || state === 'SUPERSEDED') return notReady('RULE_NOT_SHOWN');
  const kept = await manager.findBy(Disclosure, { ruleId });
  // Rules from before texts were kept, and those of onboarding, are kept with the first who reads them.
  const texts = kept.length > 0 ? kept : await keepDisclosures(work, rule);
  const shown = texts.find((row) => row.language === language);
  if (shown === undefined) return invalidInput('LANGUAGE_NOT_USABLE', 'language');
  if (shown.sha256 !== sha256) return invalidInput('DISCLOSURE_DIFFERS', 'sha256');

  // From here on the command must succeed.
  const id = newId();
  const row = { id, ruleId, memberId, language, sha256, presentation, at };
  await manager.insert(RuleAcknowledgement, row);
  return { kind: 'RuleAcknowledged', acknowledgementId: id };
}
