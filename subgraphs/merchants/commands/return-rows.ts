import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { Work } from '../../../shared/commands/run-command.ts';
import { insertRows, placeholders } from '../../../shared/database/rows.ts';
import type { NewEvent } from '../../../shared/feeds/event.ts';
import { sum, toSafeInteger } from '../../../shared/quantities.ts';
import { afterReturn, type ReturnedLine } from '../domain/line-return.ts';
import { purchaseReturned } from '../domain/purchase-events.ts';
import { reverseCommand } from '../domain/recorded-purchase.ts';
import { returnedAmount } from '../domain/returned-amount.ts';
import { Award, type AwardRow } from '../entities/award.ts';
import { Purchase, type PurchaseRow } from '../entities/purchase.ts';
import { PurchaseLine, type PurchaseLineRow } from '../entities/purchase-line.ts';
import { lookAtReferrals } from '../grants/commands/look-at-referrals.ts';
import type { ReturnGrounds } from '../orders/domain/return-window.ts';
import { type Revoked, revokedBy } from '../rules/domain/revoke.ts';
import { ruleVersionOf } from '../rules/entities/rule.ts';
import { type KnownRule, rulesById } from '../rules/queries/selling-rules.ts';
import { owedLike } from '../standing/queries/owed.ts';
import { type CapCase, type CapUse, isCapped } from './cap-use.ts';
import { insertPostings, type NewPosting } from './posting-rows.ts';
import {
  AWARD_COLUMNS,
  awardValues,
  LINE_COLUMNS,
  lineValues,
  PURCHASE_COLUMNS,
  purchaseValues,
} from './purchase-columns.ts';

/** A purchase of which something may come back, as it stands now. */
export type OpenPurchase = Readonly<{
  row: PurchaseRow;
  lines: readonly PurchaseLineRow[];
  awards: readonly AwardRow[];
  /** The place of its next posting. */
  nextPosition: number;
}>;

/** Locks purchases, in order of id so that two callers do not wait for each other. */
export async function lockPurchases(
  { manager, dialect }: Pick<Work, 'manager' | 'dialect'>,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await manager.query(
    `SELECT id FROM merchants_purchase WHERE id IN (${placeholders(ids.length)})
     ORDER BY id ${dialect.forUpdate}`,
    [...ids],
  );
}

/** Reads purchases with a constant number of statements. Those that do not exist are left out. */
export async function readOpenPurchases(
  manager: EntityManager,
  ids: readonly string[],
): Promise<OpenPurchase[]> {
  if (ids.length === 0) return [];
  const purchaseId = In([...ids]);
  const rows = await manager.findBy(Purchase, { id: In([...ids]) });
  const lines = Map.groupBy(
    await manager.find(PurchaseLine, { where: { purchaseId }, order: { number: 'ASC' } }),
    (line) => line.purchaseId,
  );
  const awards = Map.groupBy(await manager.findBy(Award, { purchaseId }), (row) => row.purchaseId);
  const positions = await manager.query<{ purchase_id: string; position: unknown }[]>(
    `SELECT purchase_id, MAX(position) AS position FROM merchants_posting
     WHERE purchase_id IN (${placeholders(ids.length)}) GROUP BY purchase_id`,
    [...ids],
  );
  const last = new Map(positions.map((row) => [row.purchase_id, toSafeInteger(row.position)]));
  return rows.map((row) => ({
    row,
    lines: lines.get(row.id) ?? [],
    awards: awards.get(row.id) ?? [],
    nextPosition: (last.get(row.id) ?? 0) + 1,
  }));
}

/** The versions of rules that awarded points for purchases, by id. */
export const rulesOf = (
  manager: EntityManager,
  purchases: readonly OpenPurchase[],
): Promise<Map<string, KnownRule>> =>
  rulesById(
    manager,
    purchases.flatMap(({ awards }) => awards.map(({ ruleId }) => ruleId)),
  );

/** The cases in which what comes back leaves room under a cap again. */
export const returnCapCases = (
  purchases: readonly OpenPurchase[],
  rules: ReadonlyMap<string, KnownRule>,
): CapCase[] =>
  purchases.flatMap(({ row: { memberId, purchasedAt }, awards }) =>
    awards.flatMap(({ ruleId }) => {
      const rule = rules.get(ruleId);
      return rule === undefined || !isCapped(rule) ? [] : [{ rule, memberId, purchasedAt }];
    }),
  );

/** How an import names a return, by which it recognises it again. */
export type ImportedAs = Readonly<{ orderNumber: string; sku: string; quantity: number }>;

/** One return: what came back, and what that does to the purchase. */
export type NewReturn = Readonly<{
  id: string;
  after: OpenPurchase;
  returned: readonly ReturnedLine[];
  importedAs: ImportedAs | null;
  grounds: ReturnGrounds | null;
  postings: readonly NewPosting[];
  reversed: readonly Readonly<{ unit: string; points: number; qualifyingPoints: number }>[];
}>;

type Making = Readonly<{
  rules: ReadonlyMap<string, KnownRule>;
  /** Room under caps comes back with what is taken back. */
  use: CapUse;
  importedAs?: ImportedAs;
  /** Left out where nobody is asked: a merchant that cancels, or sends a file, has agreed already. */
  grounds?: ReturnGrounds;
}>;

/** Works out a return without writing it. */
export function newReturn(
  id: string,
  open: OpenPurchase,
  returned: readonly ReturnedLine[],
  { rules, use, importedAs, grounds }: Making,
): NewReturn {
  const lines = afterReturn(open.lines, returned);
  const row = { ...open.row, returnedMinor: sum(lines.map(returnedAmount)) };
  const revoked = revokedBy({ ...open, currency: row.currency, after: lines }, rules);
  const postings = revoked
    .filter(({ points }) => points > 0)
    .map((part, index) => reversal(id, open, part, open.nextPosition + index));
  for (const { rule, award, points } of revoked) {
    if (award.room !== null) use.add({ ...row, rule }, -points);
  }
  const reversedOf = new Map(revoked.map(({ award, points }) => [award.ruleId, points]));
  const awards = open.awards.map((award) => ({
    ...award,
    reversedPoints: award.reversedPoints + (reversedOf.get(award.ruleId) ?? 0),
  }));
  return {
    id,
    after: { row, lines, awards, nextPosition: open.nextPosition + postings.length },
    returned,
    importedAs: importedAs ?? null,
    grounds: grounds ?? null,
    postings,
    reversed: revoked
      .filter(({ points, qualifyingPoints }) => points > 0 || qualifyingPoints > 0)
      .map(({ rule: { programme }, points, qualifyingPoints }) => ({
        unit: programme.unit,
        points,
        qualifyingPoints,
      })),
  };
}

function reversal(
  returnId: string,
  { row: { id: purchaseId, memberId, merchantId } }: OpenPurchase,
  { rule, award: { causeLine }, points }: Revoked<KnownRule>,
  position: number,
): NewPosting {
  const issuerId = rule.terms.sponsorId ?? merchantId;
  const parties = { returnId, purchaseId, memberId, issuerId, causeLine };
  const posted = { ...rule, ruleVersion: ruleVersionOf(rule) };
  const command = reverseCommand({ ...parties, rule: posted, points });
  return { purchaseId, position, ruleId: rule.id, command };
}

const RETURN_COLUMNS = [
  'id',
  'purchase_id',
  'merchant_id',
  'order_number',
  'sku',
  'quantity',
  'grounds',
  'recorded_ms',
];

/** Writes returns with a constant number of statements. Answers the events, in the same order. */
export async function insertReturns(
  work: Work,
  returns: readonly NewReturn[],
): Promise<NewEvent[]> {
  if (returns.length === 0) return [];
  const { manager, dialect, at } = work;
  await insertRows(
    manager,
    'merchants_return',
    RETURN_COLUMNS,
    returns.map(({ id, after: { row }, importedAs, grounds }) => [
      id,
      row.id,
      row.merchantId,
      importedAs?.orderNumber ?? null,
      importedAs?.sku ?? null,
      importedAs?.quantity ?? null,
      grounds,
      at.getTime(),
    ]),
  );
  await insertRows(
    manager,
    'merchants_return_line',
    ['return_id', 'line_number', 'quantity'],
    returns.flatMap(({ id, returned }) =>
      returned.map(({ number, quantity }) => [id, number, quantity]),
    ),
  );
  // Several returns of one purchase build on each other: the last one says how it stands.
  const last = [...new Map(returns.map(({ after }) => [after.row.id, after])).values()];
  await insertRows(
    manager,
    'merchants_purchase',
    PURCHASE_COLUMNS,
    last.map(({ row }) => purchaseValues(row)),
    { ending: dialect.onDuplicateUpdate(['id'], ['returned_minor']) },
  );
  await insertRows(
    manager,
    'merchants_purchase_line',
    LINE_COLUMNS,
    last.flatMap(({ lines }) => lines.map(lineValues)),
    { ending: dialect.onDuplicateUpdate(['purchase_id', 'line_number'], ['returned_quantity']) },
  );
  await insertRows(
    manager,
    'merchants_award',
    AWARD_COLUMNS,
    last.flatMap(({ awards }) => awards.map(awardValues)),
    { ending: dialect.onDuplicateUpdate(['purchase_id', 'rule_id'], ['reversed_points']) },
  );
  await lookAtReferrals(
    work,
    last.map(({ row }) => row.id),
  );
  const postings = returns.flatMap((one) => one.postings);
  await insertPostings(work, await owedLike(work.manager, postings));
  return returns.map(({ id, after, reversed }) =>
    purchaseReturned(id, after.row, after.lines, reversed),
  );
}
