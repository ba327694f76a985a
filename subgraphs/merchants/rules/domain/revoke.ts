import { assert } from '../../../../shared/assert.ts';
import { earnedBy } from './award-order.ts';
import { withinKept } from './caps.ts';
import type { EarningLine, EarningRule } from './earning.ts';

/** What is kept of an award: enough to work out what the rest of the order earns. */
export type KeptAward = Readonly<{
  ruleId: string;
  points: number;
  reversedPoints: number;
  room: number | null;
  /** Null: all lines. */
  lineNumbers: readonly number[] | null;
  isLate: boolean;
}>;

/** Points of one rule that are taken back. */
export type Revoked<Rule extends EarningRule> = Readonly<{
  rule: Rule;
  award: KeptAward & Readonly<{ causeLine: string | null }>;
  points: number;
  qualifyingPoints: number;
}>;

type Change<Rule extends EarningRule> = Readonly<{
  currency: string;
  awards: readonly Revoked<Rule>['award'][];
  /** As they were before something came back, and as they are after it. */
  lines: readonly EarningLine[];
  after: readonly EarningLine[];
}>;

/**
 * What a return takes back of each rule: what it earned less what it earns with the rest of the order, by the
 * same versions, for the same lines and under the same room as at the purchase. It only depends on what has
 * come back in all, so the steps make no difference.
 */
export function revokedBy<Rule extends EarningRule>(
  { currency, awards, lines, after }: Change<Rule>,
  rules: ReadonlyMap<string, Rule>,
): Revoked<Rule>[] {
  const known = awards.filter(({ isLate }) => !isLate);
  const payers = known.map(({ ruleId, lineNumbers }) => {
    const rule = rules.get(ruleId);
    assert(rule !== undefined, 'a version of a rule stays in the table');
    return { rule, lines: lineNumbers ?? lines.map(({ number }) => number) };
  });
  const kept = earnedBy(payers, { lines: after, currency });
  const before = earnedBy(payers, { lines, currency });
  assert(kept !== null && before !== null, 'a part of an order earns no more than the order');
  return known.map((award, index) => {
    const [rest, whole] = [kept[index], before[index]];
    assert(rest !== undefined && whole !== undefined, 'each award is worked out');
    const points = award.points - award.reversedPoints - withinKept(rest, award.room);
    assert(points >= 0, 'nothing is earned by bringing something back');
    const qualifyingPoints = (whole.qualifying ?? 0) - (rest.qualifying ?? 0);
    const { rule } = rest;
    const counts = rule.terms.qualifying !== null;
    return { rule, award, points, qualifyingPoints: counts ? qualifyingPoints : points };
  });
}
