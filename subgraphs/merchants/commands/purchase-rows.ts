import type { SharedWork } from '../../../shared/commands/run-together.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import type { NewEvent } from '../../../shared/feeds/event.ts';
import { sha256 } from '../../../shared/identifiers.ts';
import { ageLimitsOf, withinAge } from '../ages/domain/age-limit.ts';
import type { KnownAges } from '../ages/queries/known-ages.ts';
import { type Order, totalOf } from '../domain/order.ts';
import { purchaseRecorded } from '../domain/purchase-events.ts';
import { accrueCommand, contentOf } from '../domain/recorded-purchase.ts';
import type { AwardRow } from '../entities/award.ts';
import type { PostingRow } from '../entities/posting.ts';
import type { PurchaseRow } from '../entities/purchase.ts';
import type { PurchaseLineRow } from '../entities/purchase-line.ts';
import { awardOrder, type OrderAward } from '../rules/domain/award-order.ts';
import { type RuleAward, withinRoom } from '../rules/domain/caps.ts';
import { inForceAt } from '../rules/domain/in-force.ts';
import { ruleVersionOf } from '../rules/entities/rule.ts';
import type { SellingRule } from '../rules/queries/selling-rules.ts';
import type { Obstacle } from '../standing/domain/issuing.ts';
import { fateAt, type Standings, settleRule } from '../standing/domain/settle-rule.ts';
import { insertUnissued } from '../standing/queries/unissued.ts';
import type { CapCase, CapUse } from './cap-use.ts';
import { insertPostings, type NewPosting } from './posting-rows.ts';
import {
  AWARD_COLUMNS,
  AWARD_MAY_LACK,
  awardValues,
  LINE_COLUMNS,
  LINE_MAY_LACK,
  lineValues,
} from './purchase-columns.ts';

/** A purchase and what it earns, before it is known what is left under the caps of rules. */
export type EarningPurchase = Readonly<{
  row: PurchaseRow;
  lines: readonly PurchaseLineRow[];
  award: OrderAward<SellingRule>;
  /** Why its merchant issues nothing for it, or null. */
  obstacle: Obstacle | null;
}>;

/** A purchase with all that is recorded of it. */
export type NewPurchase = Readonly<{
  row: PurchaseRow;
  lines: readonly PurchaseLineRow[];
  awards: readonly RuleAward<SellingRule>[];
  /** What is worked out later, once it is known what is not known now. */
  waiting: OrderAward<SellingRule>['waiting'];
  obstacle: Obstacle | null;
}>;

type Buyer = Readonly<{ memberId: string; customerKey: string | null }>;

/** What others say about an order, as far as a rule asks for it. */
export type KnownFacts = Readonly<{
  tier: string | null;
  /** Whether the certificate of each line was valid, by the line's number; null: not known. */
  green: ReadonlyMap<number, boolean> | null;
}>;

export const NOTHING_KNOWN: KnownFacts = { tier: null, green: null };

type Selling = Readonly<{
  rules: readonly SellingRule[];
  facts: KnownFacts;
  /** How the merchant and all who issue by its rules stand. */
  standings: Standings;
  /** How old the buyer is at least, where a programme asks for an age. */
  ages: KnownAges;
}>;

/** Whose standing decides about the rules of a merchant. */
export const issuersOf = (merchantId: string, rules: readonly SellingRule[]): string[] => [
  ...new Set([merchantId, ...rules.map(({ issuer }) => issuer.id)]),
];

/**
 * An order as a purchase, with what it earns by the rules in force when it was bought; null when that is more
 * than an order may earn.
 */
export function newPurchase(
  { at, newId }: Pick<SharedWork, 'at' | 'newId'>,
  merchantId: string,
  { memberId, customerKey }: Buyer,
  order: Order,
  { rules, facts: { tier, green }, standings, ages }: Selling,
): EarningPurchase | null {
  const id = newId();
  const { lines: ordered, pointsPayment, ...rest } = order;
  const totalMinor = totalOf(ordered);
  if (totalMinor === null) return null;
  const row: PurchaseRow = {
    id,
    merchantId,
    memberId,
    customerKey,
    contentHash: contentHash(order),
    totalMinor,
    returnedMinor: 0,
    recordedAt: at,
    tier,
    pointsPaymentId: pointsPayment?.redemptionId ?? null,
    pointsPaidMinor: pointsPayment?.amountMinor ?? 0,
    ...rest,
  };
  const lines = ordered.map((line, index): PurchaseLineRow => {
    const isGreen = line.certificateNumber === null ? false : (green?.get(index + 1) ?? null);
    return { ...line, purchaseId: id, number: index + 1, returnedQuantity: 0, isGreen };
  });
  const times = { purchasedAt: order.purchasedAt, at };
  const inForce = inForceAt(rules, order.purchasedAt);
  const settled = inForce.map((rule) => settleRule(rule, standings, times));
  const limits = ageLimitsOf(inForce);
  const award = awardOrder(
    { ...row, lines },
    withinAge(settled, limits, limits.size === 0 ? null : ages(merchantId, memberId)),
  );
  const fate = fateAt(standings, merchantId, times);
  return award && { row, lines, award, obstacle: fate.kind === 'NONE' ? fate.obstacle : null };
}

/** The cases in which what a purchase earns may meet a cap. */
export const capCasesOf = ({ row, award }: EarningPurchase): CapCase[] =>
  award.earned.map(({ rule }) => ({ rule, memberId: row.memberId, purchasedAt: row.purchasedAt }));

/** What of a purchase's points there is room for; counts it as given. */
export function withinCaps(
  { row, lines, award, obstacle }: EarningPurchase,
  use: CapUse,
): NewPurchase {
  const awards = award.earned.map((earned) => {
    const one = { rule: earned.rule, memberId: row.memberId, purchasedAt: row.purchasedAt };
    const given = withinRoom(earned, use.roomOf(one));
    if (given.room !== null) use.add(one, given.points);
    return given;
  });
  return { row, lines, awards, waiting: award.waiting, obstacle };
}

/** Of arrays alone: they have one text. */
export const contentHash = (order: Order): string => sha256(JSON.stringify(contentOf(order)));

/** What was written of purchases besides: the events that tell of them, and what the ledger has to be told. */
export type Details = Readonly<{
  events: readonly NewEvent[];
  postings: readonly PostingRow[];
}>;

/** Writes lines, awards and postings of purchases whose rows are there. */
export async function insertDetails(
  work: SharedWork,
  purchases: readonly NewPurchase[],
): Promise<Details> {
  const lines = purchases.flatMap((purchase) => purchase.lines);
  await insertRows(work.manager, 'merchants_purchase_line', LINE_COLUMNS, lines.map(lineValues), {
    mayLack: LINE_MAY_LACK,
  });
  const awards = purchases.flatMap(awardRows);
  await insertRows(work.manager, 'merchants_award', AWARD_COLUMNS, awards.map(awardValues), {
    mayLack: AWARD_MAY_LACK,
  });
  const postings = await insertPostings(
    work,
    purchases.flatMap((purchase) => accruals(work, purchase)),
  );
  await insertUnissued(
    work.manager,
    purchases.flatMap(({ row: { id }, obstacle }) =>
      obstacle === null ? [] : [{ purchaseId: id, obstacle }],
    ),
  );
  await insertLate(
    work,
    purchases.filter(({ waiting }) => waiting.length > 0).map(({ row }) => row.id),
  );
  return { events: purchases.map(recorded), postings };
}

const recorded = ({ row, lines, awards }: NewPurchase): NewEvent =>
  purchaseRecorded(
    row,
    lines,
    awards.map(({ rule, points, qualifyingPoints }) => ({
      unit: rule.programme.unit,
      points,
      qualifyingPoints,
    })),
  );

/** Remembers purchases of which some awards are worked out later. */
const insertLate = ({ manager, at }: SharedWork, purchaseIds: readonly string[]): Promise<void> =>
  insertRows(
    manager,
    'merchants_late_purchase',
    ['purchase_id', 'attempts', 'due_ms'],
    purchaseIds.map((id) => [id, 0, at.getTime()]),
  );

export const awardRows = ({ row, lines, awards, waiting }: NewPurchase): AwardRow[] => [
  ...awards.map(({ rule, points, qualifyingPoints, room, lines: paid }) => ({
    ...plainAward(row.id, rule),
    points,
    qualifyingPoints,
    room,
    lineNumbers: paid.length === lines.length ? null : paid,
  })),
  ...waiting.map(({ rule }) => ({ ...plainAward(row.id, rule), isLate: true })),
];

const plainAward = (purchaseId: string, rule: SellingRule): AwardRow => ({
  purchaseId,
  ruleId: rule.id,
  programmeId: rule.programmeId,
  points: 0,
  qualifyingPoints: 0,
  reversedPoints: 0,
  room: null,
  lineNumbers: null,
  causeLine: ruleVersionOf(rule),
  isLate: false,
});

/** An award of no points is none of the ledger's business. */
function accruals({ at }: SharedWork, { row, awards }: NewPurchase): NewPosting[] {
  return awards
    .filter(({ points }) => points > 0)
    .map(({ rule, points }, index) => ({
      purchaseId: row.id,
      position: index + 1,
      ruleId: rule.id,
      owedBy: rule.isOwed === true ? rule.issuer.id : null,
      command: accrueCommand({
        purchaseId: row.id,
        memberId: row.memberId,
        issuer: rule.issuer,
        rule: { ...rule, ruleVersion: ruleVersionOf(rule) },
        points,
        at,
      }),
    }));
}
