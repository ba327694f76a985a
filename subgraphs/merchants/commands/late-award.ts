import { assert } from '../../../shared/assert.ts';
import { accrueCommand, type Issuer } from '../domain/recorded-purchase.ts';
import type { AwardRow } from '../entities/award.ts';
import { awardOrder } from '../rules/domain/award-order.ts';
import { withinRoom } from '../rules/domain/caps.ts';
import { revokedBy } from '../rules/domain/revoke.ts';
import { ruleVersionOf } from '../rules/entities/rule.ts';
import type { KnownRule } from '../rules/queries/selling-rules.ts';
import { mayKeepPromise } from '../standing/domain/issuing.ts';
import { pricedIssuer, type Standings } from '../standing/domain/settle-rule.ts';
import type { CapUse } from './cap-use.ts';
import type { NewPosting } from './posting-rows.ts';
import type { KnownFacts } from './purchase-rows.ts';
import type { OpenPurchase } from './return-rows.ts';

/** A purchase with the facts that were missing, as far as they are known now. */
export function withFacts(open: OpenPurchase, { tier, green }: KnownFacts): OpenPurchase {
  return {
    ...open,
    row: { ...open.row, tier: open.row.tier ?? tier },
    lines: open.lines.map((line) => ({
      ...line,
      isGreen: line.isGreen ?? green?.get(line.number) ?? null,
    })),
  };
}

/** What the late awards of a purchase come to. */
export type LateAward = Readonly<{
  open: OpenPurchase;
  /** Those that pay for a line; the others are none. */
  awards: readonly AwardRow[];
  postings: readonly NewPosting[];
  /** Less what had come back before. */
  given: readonly Readonly<{ unit: string; points: number; qualifyingPoints: number }>[];
}>;

type Setting = Readonly<{
  rules: ReadonlyMap<string, KnownRule>;
  issuers: ReadonlyMap<string, Issuer>;
  standings: Standings;
  /** Now: whether points can be issued, or are owed. */
  at: Date;
  use: CapUse;
  /** What has happened to each purchase. */
  happened: ReadonlyMap<string, ReadonlySet<string>>;
}>;

/**
 * Works out the late awards of a purchase: what they would have been at once, less what had come back since.
 * Null when something that they ask for is still not known.
 */
export function lateAward(open: OpenPurchase, setting: Setting): LateAward | null {
  const { row, awards } = open;
  const late = new Set(awards.filter(({ isLate }) => isLate).map(({ ruleId }) => ruleId));
  const bought = open.lines.map((line) => ({ ...line, returnedQuantity: 0 }));
  const rules = awards.map(({ ruleId }) => known(setting.rules, ruleId));
  const outcome = awardOrder({ ...row, lines: bought }, rules);
  if (outcome !== null && outcome.waiting.length > 0) return null;

  const earned = (outcome?.earned ?? []).filter(({ rule }) => late.has(rule.id));
  const worked = earned.map((one): AwardRow => {
    const given = withinRoom(one, setting.use.roomOf({ ...row, rule: one.rule }));
    return {
      purchaseId: row.id,
      ruleId: one.rule.id,
      programmeId: one.rule.programmeId,
      points: given.points,
      qualifyingPoints: given.qualifyingPoints,
      reversedPoints: 0,
      room: given.room,
      lineNumbers: one.lines.length === bought.length ? null : one.lines,
      causeLine: ruleVersionOf(one.rule),
      isLate: false,
    };
  });
  const all = [...awards.filter(({ isLate }) => !isLate), ...worked];
  const change = { currency: row.currency, awards: all, lines: bought, after: open.lines };
  const revoked = revokedBy(change, setting.rules).filter(({ rule }) => late.has(rule.id));
  const given = revoked.map(({ rule, points, qualifyingPoints }, index) => {
    const award = worked[index];
    assert(award?.ruleId === rule.id, 'each award is followed by what came back of it');
    return {
      rule,
      award: { ...award, reversedPoints: points },
      unit: rule.programme.unit,
      points: award.points - points,
      qualifyingPoints: award.qualifyingPoints - qualifyingPoints,
    };
  });
  for (const { rule, award, points } of given) {
    if (award.room !== null) setting.use.add({ ...row, rule }, points);
  }
  const postings = given
    .filter(({ points }) => points > 0)
    .map(({ rule, points }, index) => posting(open, rule, points, index, setting));
  return { open, awards: given.map(({ award }) => award), postings, given };
}

function posting(
  { row, nextPosition }: OpenPurchase,
  rule: KnownRule,
  points: number,
  index: number,
  { issuers, standings, at, happened }: Setting,
): NewPosting {
  const issuer = issuers.get(rule.terms.sponsorId ?? row.merchantId);
  const standing = issuer && standings.get(issuer.id);
  assert(issuer !== undefined && standing !== undefined, 'who issues stays in the table');
  return {
    purchaseId: row.id,
    position: nextPosition + index,
    ruleId: rule.id,
    owedBy: mayKeepPromise(standing, at) ? null : issuer.id,
    command: accrueCommand({
      purchaseId: row.id,
      memberId: row.memberId,
      issuer: pricedIssuer(issuer, standings, row.recordedAt),
      rule: { ...rule, ruleVersion: ruleVersionOf(rule) },
      points,
      at: row.recordedAt,
      happened: happened.get(row.id),
    }),
  };
}

function known(rules: ReadonlyMap<string, KnownRule>, id: string): KnownRule {
  const rule = rules.get(id);
  assert(rule !== undefined, 'a version of a rule stays in the table');
  return rule;
}
