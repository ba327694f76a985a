import { In } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import {
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { lockRule } from '../../rules/commands/lock.ts';
import { isInForce } from '../../rules/domain/in-force.ts';
import { lifeOf } from '../../rules/domain/points-life.ts';
import type { RuleRow } from '../../rules/entities/rule.ts';
import type { ProposeAppreciationInput } from '../../schema.generated.ts';
import { requireDeed } from '../../standing/queries/staff.ts';
import { readStandings } from '../../standing/queries/standings.ts';
import { type AppreciationTerms, appreciationOf, ceilingPoints } from '../domain/appreciation.ts';
import { type NotIssuing, refuseIssuing } from '../domain/not-issuing.ts';
import { Appreciation, type AppreciationRow } from '../entities/appreciation.ts';
import type { AppreciationFacts } from '../queries/ask-around.ts';
import { type Earners, usedOf } from '../queries/earners.ts';

export type AppreciationChanged = Readonly<{ kind: 'AppreciationChanged'; appreciationId: string }>;

export const changed = (appreciationId: string): AppreciationChanged => ({
  kind: 'AppreciationChanged',
  appreciationId,
});

/** What was asked before: it only counts when this command was not answered already. */
export type AskedBefore = Readonly<{ facts: AppreciationFacts; earners: Earners }>;

type NotReady = Refused<'AppreciationNotReady'>;
export type TooMuch = Refused<'AboveRebateCeiling'> | Refused<'AboveCover'>;

export const appreciationNotReady = (
  code: string,
  parameters: Readonly<Record<string, string | number>> = {},
): NotReady => refused('AppreciationNotReady', code, parameters);

type ProposeOutcome =
  | AppreciationChanged
  | NotIssuing
  | TooMuch
  | NotReady
  | Refused<'PeriodNotOver'>
  | NotFound;

/**
 * Proposes to share the budget of a rule out among those who earned in its period, which is over. Nothing is
 * granted before the shares are known and a second person approves of them.
 */
export const proposeAppreciationOf = (asked: AskedBefore | null) =>
  async function proposeAppreciation(
    work: Work,
    input: ProposeAppreciationInput,
  ): Promise<ProposeOutcome> {
    const rule = await lockRule(work, input.ruleId);
    if (rule === null || asked === null) return notFound('RULE_NOT_FOUND');
    await requireDeed(work, rule.merchantId, 'CAMPAIGNS');
    const terms = appreciationOf(rule.terms);
    if (terms === null) return appreciationNotReady('APPRECIATION_RULE_NOT_USABLE');
    const refusal =
      (await refuseNow(work, rule, terms)) ?? (await refuseFigures(work, rule, terms, asked));
    if (refusal !== null) return refusal;

    // From here on the command must succeed.
    const row = rowOf(work, rule);
    await work.manager.insert(Appreciation, row);
    return changed(row.id);
  };

/** Why nothing of the rule can be shared out now, whatever it came to, or null. */
async function refuseNow(
  { manager, at }: Work,
  rule: RuleRow,
  { until }: AppreciationTerms,
): Promise<NotReady | Refused<'PeriodNotOver'> | NotIssuing | null> {
  if (until > at) {
    return refused('PeriodNotOver', 'APPRECIATION_PERIOD_NOT_OVER', { until: until.toISOString() });
  }
  if (rule.state !== 'PUBLISHED' || !isInForce(rule, at)) {
    return appreciationNotReady('APPRECIATION_RULE_NOT_IN_FORCE');
  }
  if (lifeOf(rule.terms, at).isOver) return appreciationNotReady('APPRECIATION_RULE_NOT_USABLE');
  const open = await manager.countBy(Appreciation, {
    ruleKey: rule.ruleKey,
    state: In(['LISTING', 'READY', 'GRANTING']),
  });
  if (open > 0) return appreciationNotReady('APPRECIATION_UNDER_WAY');
  return refuseUnqualified(manager, rule, at);
}

/** The merchant, and who bears the cost, have to be qualified (S54). */
export async function refuseUnqualified(
  manager: Work['manager'],
  { merchantId, terms }: RuleRow,
  at: Date,
): Promise<NotIssuing | null> {
  const ids = [...new Set([merchantId, terms.sponsorId ?? merchantId])];
  const standings = await readStandings(manager, ids);
  return refuseIssuing(
    ids.map((id) => standings.get(id)),
    at,
  );
}

/** Why it would be too much or nothing, by what all who earned would get in equal shares; or null. */
async function refuseFigures(
  { manager }: Work,
  { ruleKey }: RuleRow,
  terms: AppreciationTerms,
  { facts, earners: { members, paidMinor } }: AskedBefore,
): Promise<NotReady | TooMuch | null> {
  const left = terms.budget - (await usedOf(manager, ruleKey)).budget;
  if (left <= 0) return appreciationNotReady('APPRECIATION_BUDGET_SPENT');
  if (members === 0) return appreciationNotReady('APPRECIATION_NOBODY');
  return refuseTooMuch(pointsOf(left, members, terms), paidMinor, facts);
}

/** What so many members get of a budget, when all of them take part. */
export const pointsOf = (budget: number, members: number, { most }: AppreciationTerms): number =>
  Number(BigInt(members) * BigInt(most) < BigInt(budget) ? members * most : budget);

/** It counts towards the ceiling of rebates over the period, and towards the cover of what is owed (L9, L10). */
export function refuseTooMuch(
  points: number,
  paidMinor: number,
  { worth, currency, coverLeft }: AppreciationFacts,
): TooMuch | null {
  const ceiling = ceilingPoints(paidMinor, worth);
  if (points > ceiling) {
    const parameters = { points, ceilingPoints: ceiling, paidMinor, currency };
    return refused('AboveRebateCeiling', 'APPRECIATION_ABOVE_CEILING', parameters);
  }
  if (coverLeft === null || points <= coverLeft) return null;
  return refused('AboveCover', 'APPRECIATION_ABOVE_COVER', { points, coverLeft });
}

const rowOf = (
  { at, newId, caller }: Work,
  { id, ruleKey, merchantId, terms }: RuleRow,
): AppreciationRow => ({
  id: newId(),
  merchantId,
  ruleId: id,
  ruleKey,
  state: 'LISTING',
  tiers: terms.tierWeights ?? null,
  listedTo: '',
  members: 0,
  points: 0,
  lowestPoints: 0,
  highestPoints: 0,
  paidMinor: 0,
  grantedMembers: 0,
  grantedPoints: 0,
  proposedBy: caller.subject,
  proposedAt: at,
  decidedBy: null,
  decidedAt: null,
});
