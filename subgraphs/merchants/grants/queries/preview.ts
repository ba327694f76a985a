import type { Context } from '../../context.ts';
import { askedOf } from '../around-commands.ts';
import { pointsOf } from '../commands/propose-appreciation.ts';
import { appreciationOf, ceilingPoints } from '../domain/appreciation.ts';
import { usedOf } from './earners.ts';

/** What sharing a rule's budget out in equal shares would come to now. Amounts are in the smallest unit. */
export type AppreciationPreview = Readonly<{
  ruleId: string;
  members: number;
  budget: number;
  share: number;
  points: number;
  paidMinor: number;
  ceilingPoints: number;
  coverLeft: number | null;
}>;

/**
 * Null: the rule is not there for the caller, or nothing can be shared out by it. Throws SUBGRAPH_UNAVAILABLE when
 * the catalogue or the ledger does not answer.
 */
export async function previewAppreciation(
  context: Context,
  ruleId: string,
): Promise<AppreciationPreview | null> {
  const rule = await context.loaders.ruleById.load(ruleId);
  const terms = rule && appreciationOf(rule.terms);
  const asked = await askedOf(context, rule);
  if (rule === null || terms === null || asked === null) return null;
  const { facts, earners } = asked;
  const used = await usedOf(context.database.reader, rule.ruleKey);
  const budget = Math.max(0, terms.budget - used.budget);
  const { members, paidMinor } = earners;
  return {
    ruleId,
    members,
    budget,
    share: members === 0 ? 0 : Math.min(terms.most, Math.floor(budget / members)),
    points: pointsOf(budget, members, terms),
    paidMinor,
    ceilingPoints: ceilingPoints(paidMinor, facts.worth),
    coverLeft: facts.coverLeft,
  };
}
