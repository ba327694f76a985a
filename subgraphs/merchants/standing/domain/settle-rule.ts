import { assert } from '../../../../shared/assert.ts';
import type { Issuer } from '../../domain/recorded-purchase.ts';
import { type Reason, reason } from '../../rules/domain/earning.ts';
import { type AwardFate, fateOf, type Obstacle, priceAt, type Standing } from './issuing.ts';
import { parametersOf } from './notice.ts';

export type Standings = ReadonlyMap<string, Standing>;

/** What the standing of its issuer makes of a rule. */
export type Settled = Readonly<{
  mayIssue: boolean;
  /** Why it pays nothing; empty when it may. */
  whyNot: readonly Reason[];
  /** Its points are owed: promised, and not issued before their issuer is qualified again. */
  isOwed: boolean;
}>;

type Times = Readonly<{ purchasedAt: Date; at: Date }>;

/** A rule with what follows from how its issuer stands: whether it pays, and at which price. */
export function settleRule<Rule extends Readonly<{ issuer: Issuer }>>(
  rule: Rule,
  standings: Standings,
  times: Times,
): Rule & Settled {
  const fate = fateAt(standings, rule.issuer.id, times);
  return {
    ...rule,
    issuer: pricedIssuer(rule.issuer, standings, times.at),
    mayIssue: fate.kind !== 'NONE',
    whyNot: fate.kind === 'NONE' ? notEligible(fate.obstacle) : [],
    isOwed: fate.kind === 'OWED',
  };
}

/** An issuer at the price of the contract that is in force at an instant. */
export function pricedIssuer<Row extends Issuer>(row: Row, standings: Standings, at: Date): Row {
  const price = priceAt(standingOf(standings, row.id), at);
  if (price === null) return row;
  const { priceMinor, pricePoints, currency } = price;
  return { ...row, priceMinor, pricePoints, currency };
}

export const fateAt = (standings: Standings, issuerId: string, times: Times): AwardFate =>
  fateOf(standingOf(standings, issuerId), times);

/** That no points are issued, and what stands in the way. */
export const notEligible = (obstacle: Obstacle): Reason[] => [
  reason('ISSUER_NOT_ELIGIBLE'),
  reason(obstacle.code, parametersOf(obstacle)),
];

function standingOf(standings: Standings, id: string): Standing {
  const standing = standings.get(id);
  assert(standing !== undefined, 'whoever issues by a rule was read');
  return standing;
}
