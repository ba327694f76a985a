import { assert } from '../../../../shared/assert.ts';
import { awardOrder, earnedBy } from '../../rules/domain/award-order.ts';
import { withinKept } from '../../rules/domain/caps.ts';
import type { EarningLine, EarningOrder, EarningRule } from '../../rules/domain/earning.ts';
import type { KeptAward } from '../../rules/domain/revoke.ts';

/** Points of one rule that an order has. */
export type Held = Readonly<{ points: number; room: number | null }>;

/** The points of one rule after an order was changed. */
export type AmendedAward<Rule extends EarningRule> = Readonly<{
  rule: Rule;
  /** Null: the rule pays for nothing any more. */
  award: (Omit<KeptAward, 'ruleId' | 'isLate'> & Readonly<{ qualifyingPoints: number }>) | null;
  /** By how much more it has than before; below 0: less. */
  morePoints: number;
  moreQualifying: number;
}>;

type Before = Readonly<{ awards: readonly KeptAward[]; lines: readonly EarningLine[] }>;

/** Why it cannot be worked out: more than an order may earn, or something that a rule asks for is not known. */
export type NotAmended = 'TOO_MANY' | 'NOT_KNOWN';

/**
 * What an order has after it was changed: exactly what it would have, had it been placed so at once and had the same
 * come back of it. `rules` are those in force when it was bought; `roomOf` says how much one may pay in all, or null.
 */
export function amendAwards<Rule extends EarningRule>(
  order: EarningOrder,
  before: Before,
  rules: readonly Rule[],
  roomOf: (rule: Rule, held: Held | null) => number | null,
): AmendedAward<Rule>[] | NotAmended {
  const bought = order.lines.map((line) => ({ ...line, returnedQuantity: 0 }));
  const whole = awardOrder({ ...order, lines: bought }, rules);
  if (whole === null) return 'TOO_MANY';
  if (whole.waiting.length > 0) return 'NOT_KNOWN';
  const kept = earnedBy(whole.earned, order);
  assert(kept !== null, 'a part of an order earns no more than the order');
  const had = hadBefore(order.currency, before, rules);
  const paying = whole.earned.map((earned, index): AmendedAward<Rule> => {
    const [rest, { rule }] = [kept[index], earned];
    assert(rest !== undefined, 'each award is worked out');
    const held = had.get(rule.id) ?? null;
    const room = roomOf(rule, held);
    const points = withinKept(earned, room);
    const left = withinKept(rest, room);
    const lineNumbers = earned.lines.length === bought.length ? null : earned.lines;
    const qualifyingPoints = earned.qualifying ?? points;
    return {
      rule,
      award: { points, qualifyingPoints, reversedPoints: points - left, room, lineNumbers },
      morePoints: left - (held?.points ?? 0),
      moreQualifying: (rest.qualifying ?? left) - (held?.qualifying ?? 0),
    };
  });
  const paid = new Set(paying.map(({ rule }) => rule.id));
  const ended = [...had.values()]
    .filter(({ rule }) => !paid.has(rule.id))
    .map(({ rule, points, qualifying }) => ({
      rule,
      award: null,
      morePoints: 0 - points,
      moreQualifying: 0 - qualifying,
    }));
  return [...paying, ...ended];
}

/** What the order has of each rule, by the id of its version. */
function hadBefore<Rule extends EarningRule>(
  currency: string,
  { awards, lines }: Before,
  rules: readonly Rule[],
) {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const payers = awards.map(({ ruleId, lineNumbers }) => {
    const rule = byId.get(ruleId);
    assert(rule !== undefined, 'what has paid is among the rules');
    return { rule, lines: lineNumbers ?? lines.map(({ number }) => number) };
  });
  const earned = earnedBy(payers, { lines, currency });
  assert(earned !== null, 'it was awarded');
  return new Map(
    awards.map(({ ruleId, points, reversedPoints, room }, index) => {
      const now = earned[index];
      assert(now !== undefined, 'each award is worked out');
      const left = points - reversedPoints;
      return [ruleId, { rule: now.rule, points: left, qualifying: now.qualifying ?? left, room }];
    }),
  );
}
