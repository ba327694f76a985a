import type { Work } from '../../../../shared/commands/run-command.ts';
import {
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { Rule } from '../../rules/entities/rule.ts';
import type { ConfirmOverrideInput, OverrideFindingInput } from '../../schema.generated.ts';
import { textsOfTerms } from '../domain/check.ts';
import { CHECKS, findingsOfTexts } from '../domain/findings-of.ts';
import { Override } from '../entities/override.ts';

export type OverrideProposed = Readonly<{ kind: 'OverrideProposed'; overrideId: string }>;
export type OverrideConfirmed = Readonly<{ kind: 'OverrideConfirmed'; overrideId: string }>;

const REASON_MAX = 1000;

type ProposeOutcome = OverrideProposed | Refused<'OverrideNotAllowed'> | NotFound | InvalidInput;

/**
 * Proposes that a finding be set aside for one version of a rule. It has no effect before another person
 * confirms it. Only for checks that the table of limits lets people decide on (L12).
 */
export async function overrideFinding(
  work: Work,
  { ruleId, check: checkId, reason }: OverrideFindingInput,
): Promise<ProposeOutcome> {
  const { manager, at, newId, caller } = work;
  const unusable = checkText('reason', reason, REASON_MAX);
  if (unusable !== null) return unusable;
  const check = CHECKS.find(({ id }) => id === checkId);
  if (check === undefined) return invalidInput('CHECK_UNKNOWN', 'check', { check: checkId });
  if (check.override === null) {
    return refused('OverrideNotAllowed', 'OVERRIDE_NOT_ALLOWED', { check: checkId });
  }
  await work.manager.query(`SELECT id FROM merchants_rule WHERE id = ? ${work.dialect.forUpdate}`, [
    ruleId,
  ]);
  const rule = await manager.findOneBy(Rule, { id: ruleId });
  // MariaDB finds an id with blanks after it as well: that is not this one.
  if (rule?.id !== ruleId) return notFound('RULE_VERSION_NOT_FOUND');
  const earlier = await manager.findOneBy(Override, { ruleId, checkId });
  if (earlier !== null) return { kind: 'OverrideProposed', overrideId: earlier.id };
  const found = findingsOfTexts(textsOfTerms(rule.terms), { about: 'POINTS' });
  if (!found.some((finding) => finding.check === checkId)) {
    return invalidInput('NOTHING_TO_OVERRIDE', 'check', { check: checkId });
  }

  // From here on the command must succeed.
  const id = newId();
  await manager.insert(Override, {
    id,
    ruleId,
    checkId,
    reason: reason.trim(),
    proposedBy: caller.subject,
    proposedAt: at,
    confirmedBy: null,
    confirmedAt: null,
  });
  return { kind: 'OverrideProposed', overrideId: id };
}

/** Another person stands for it: from now on the finding only tells. Nobody confirms for her own draft. */
export async function confirmOverride(
  { manager, dialect, at, caller }: Work,
  { overrideId }: ConfirmOverrideInput,
): Promise<OverrideConfirmed | Refused<'SecondPersonNeeded'> | NotFound> {
  await manager.query(`SELECT id FROM merchants_override WHERE id = ? ${dialect.forUpdate}`, [
    overrideId,
  ]);
  const found = await manager.findOneBy(Override, { id: overrideId });
  if (found?.id !== overrideId) return notFound('OVERRIDE_NOT_FOUND');
  const { draftedBy } = await manager.findOneByOrFail(Rule, { id: found.ruleId });
  if ([found.proposedBy, draftedBy].includes(caller.subject)) {
    return refused('SecondPersonNeeded', 'SECOND_PERSON_NEEDED');
  }

  // From here on the command must succeed.
  if (found.confirmedBy === null) {
    await manager.update(Override, overrideId, { confirmedBy: caller.subject, confirmedAt: at });
  }
  return { kind: 'OverrideConfirmed', overrideId };
}
