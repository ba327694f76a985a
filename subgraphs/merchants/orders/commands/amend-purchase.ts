import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  type InvalidInput,
  invalidInput,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { sum } from '../../../../shared/quantities.ts';
import { ageLimitsOf, withinAge } from '../../ages/domain/age-limit.ts';
import { knownAges } from '../../ages/queries/known-ages.ts';
import { isCapped, lockCapUse } from '../../commands/cap-use.ts';
import { issuersOf } from '../../commands/purchase-rows.ts';
import type { OpenPurchase } from '../../commands/return-rows.ts';
import type { OrderSetting } from '../../domain/order.ts';
import { purchaseAmended } from '../../domain/purchase-events.ts';
import { returnedAmount } from '../../domain/returned-amount.ts';
import { ORDER_POINTS_MAX } from '../../rules/domain/award-order.ts';
import { inForceAt } from '../../rules/domain/in-force.ts';
import { lifeOf } from '../../rules/domain/points-life.ts';
import type { SellingRule } from '../../rules/queries/selling-rules.ts';
import { type Standings, settleRule } from '../../standing/domain/settle-rule.ts';
import { readStandings } from '../../standing/queries/standings.ts';
import { type AmendedAward, amendAwards, type Held } from '../domain/amend-awards.ts';
import { type AmendedLines, keptMinor } from '../domain/amended-lines.ts';
import type { AmendmentKind } from '../entities/amendment.ts';
import { type Written, writeAmendment } from './amendment-rows.ts';

export type PurchaseAmended = Readonly<{
  kind: 'PurchaseAmended';
  purchaseId: string;
  amendmentId: string;
}>;

/** A change of a purchase as it is asked for, with all that is needed to work it out. */
export type Amending = Readonly<{
  kind: AmendmentKind;
  reason: string;
  open: OpenPurchase;
  after: AmendedLines;
  setting: OrderSetting;
  /** All versions of the rules of the merchant when the purchase was recorded. */
  rules: readonly SellingRule[];
}>;

/**
 * Writes an order as it is after a change, and has the difference in points posted: given where it earns more now,
 * taken back where it earns less. What others have had under a cap since is not there any more. Throws
 * SUBGRAPH_UNAVAILABLE when a rule asks for a certificate that could not be checked.
 */
export async function amendPurchase(
  work: Work,
  amending: Amending,
): Promise<PurchaseAmended | Refused<'PurchaseNotReady'> | InvalidInput> {
  const { manager, at } = work;
  const { open, after, setting } = amending;
  if (open.awards.some(({ isLate }) => isLate)) {
    return refused('PurchaseNotReady', 'PURCHASE_AWARDS_LATE');
  }
  const standings = await readStandings(manager, issuersOf(open.row.merchantId, amending.rules));
  const row = { ...open.row, ...setting };
  const rules = await rulesFor(work, amending, standings);
  const cases = rules.map((rule) => ({ ...row, rule }));
  const use = await lockCapUse(work, cases);
  const roomOf = (rule: SellingRule, held: Held | null) => {
    const points = held?.points ?? 0;
    // What would have lapsed already is not given.
    const most = lifeOf(rule.terms, at).isOver ? points : Number.POSITIVE_INFINITY;
    const { perMemberPerDay, perMember, budget } = use.roomOf({ ...row, rule });
    const left = [perMemberPerDay, perMember, budget].map((one) => (one ?? Infinity) + points);
    const room = Math.min(most, held?.room ?? Number.POSITIVE_INFINITY, ...left);
    return Number.isFinite(room) ? room : null;
  };
  const amended = amendAwards({ ...row, lines: after.lines }, open, rules, roomOf);
  if (amended === 'TOO_MANY') {
    return invalidInput('POINTS_TOO_MANY', 'replace', { max: ORDER_POINTS_MAX });
  }
  if (amended === 'NOT_KNOWN') throw fault('SUBGRAPH_UNAVAILABLE', 'CERTIFICATES_UNREACHABLE');

  // From here on the command must succeed.
  for (const { rule, morePoints } of amended) {
    if (isCapped(rule)) use.add({ ...row, rule }, morePoints);
  }
  const written = writtenOf(work.newId(), amending, amended);
  await writeAmendment(work, written, standings);
  await use.save(work);
  await appendEvents(manager, at, [
    purchaseAmended(written.id, written.row, written, changesOf(amended)),
  ]);
  return { kind: 'PurchaseAmended', purchaseId: open.row.id, amendmentId: written.id };
}

/** The versions by which the purchase earns: those that have paid for it, and the others in force when it was made. */
async function rulesFor(
  { manager }: Work,
  { open, rules }: Amending,
  standings: Standings,
): Promise<SellingRule[]> {
  const { merchantId, memberId, purchasedAt, recordedAt } = open.row;
  const times = { purchasedAt, at: recordedAt };
  const paid = new Set(open.awards.map(({ ruleId }) => ruleId));
  const paying = rules.filter(({ id }) => paid.has(id));
  const keys = new Set(paying.map(({ ruleKey }) => ruleKey));
  const inForce = inForceAt(rules, purchasedAt);
  const others = inForce
    .filter(({ ruleKey }) => !keys.has(ruleKey))
    .map((rule) => settleRule(rule, standings, times));
  const limits = ageLimitsOf(inForce);
  const asked = limits.size === 0 ? [] : [{ merchantId, memberId }];
  const ages = await knownAges(manager, asked, recordedAt);
  return [...paying, ...withinAge(others, limits, ages(merchantId, memberId))];
}

function writtenOf(
  id: string,
  { kind, reason, open, after, setting }: Amending,
  amended: readonly AmendedAward<SellingRule>[],
): Written {
  const { lines, lastLine } = after;
  const row = {
    ...open.row,
    ...setting,
    totalMinor: sum(lines.map(({ amountMinor }) => amountMinor)),
    returnedMinor: sum(lines.map(returnedAmount)),
  };
  const differenceMinor = sum(lines.map(keptMinor)) - sum(open.lines.map(keptMinor));
  return { id, kind, reason, open, row, lines, lastLine, differenceMinor, amended };
}

/** What is given and what is taken back, by unit; what is nothing is left out. */
function changesOf(amended: readonly AmendedAward<SellingRule>[]) {
  const part = (sign: 1 | -1) =>
    amended
      .map(({ rule: { programme }, morePoints, moreQualifying }) => ({
        unit: programme.unit,
        points: Math.max(0, sign * morePoints),
        qualifyingPoints: Math.max(0, sign * moreQualifying),
      }))
      .filter(({ points, qualifyingPoints }) => points > 0 || qualifyingPoints > 0);
  return { given: part(1), reversed: part(-1) };
}
