import { assert } from '../../../../shared/assert.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { sum } from '../../../../shared/quantities.ts';
import { insertPostings, type NewPosting } from '../../commands/posting-rows.ts';
import {
  AWARD_COLUMNS,
  awardValues,
  LINE_COLUMNS,
  lineValues,
  PURCHASE_COLUMNS,
  purchaseValues,
} from '../../commands/purchase-columns.ts';
import type { OpenPurchase } from '../../commands/return-rows.ts';
import { settingOf } from '../../domain/order.ts';
import { accrueCommand, reverseCommand } from '../../domain/recorded-purchase.ts';
import type { AwardRow } from '../../entities/award.ts';
import type { PurchaseRow } from '../../entities/purchase.ts';
import type { PurchaseLineRow } from '../../entities/purchase-line.ts';
import { ruleVersionOf } from '../../rules/entities/rule.ts';
import type { SellingRule } from '../../rules/queries/selling-rules.ts';
import { mayKeepPromise } from '../../standing/domain/issuing.ts';
import { pricedIssuer, type Standings } from '../../standing/domain/settle-rule.ts';
import { owedLike } from '../../standing/queries/owed.ts';
import type { AmendedAward } from '../domain/amend-awards.ts';
import { Amendment, type AmendmentKind } from '../entities/amendment.ts';
import { happenedTo } from './vest-purchases.ts';

/** A change of a purchase as it is written. */
export type Written = Readonly<{
  id: string;
  kind: AmendmentKind;
  reason: string;
  /** As it was. */
  open: OpenPurchase;
  row: PurchaseRow;
  lines: readonly PurchaseLineRow[];
  lastLine: number;
  differenceMinor: number;
  amended: readonly AmendedAward<SellingRule>[];
}>;

/** Writes a changed purchase, the record of its change, and what the ledger has to be told. */
export async function writeAmendment(
  work: Work,
  written: Written,
  standings: Standings,
): Promise<void> {
  const { manager, dialect } = work;
  const { row, lines, open } = written;
  await insertRows(manager, 'merchants_purchase', PURCHASE_COLUMNS, [purchaseValues(row)], {
    ending: dialect.onDuplicateUpdate(['id'], CHANGING),
  });
  const ofPurchase = 'purchase_id = ?';
  await execute(manager, `DELETE FROM merchants_purchase_line WHERE ${ofPurchase}`, [row.id]);
  await insertRows(manager, 'merchants_purchase_line', LINE_COLUMNS, lines.map(lineValues));
  await execute(manager, `DELETE FROM merchants_award WHERE ${ofPurchase}`, [row.id]);
  const awards = awardRowsOf(written);
  await insertRows(manager, 'merchants_award', AWARD_COLUMNS, awards.map(awardValues));
  await insertPostings(work, await postingsOf(work, written, standings));
  const number = 1 + (await manager.countBy(Amendment, { purchaseId: row.id }));
  const pointsOf = (sign: 1 | -1) =>
    sum(written.amended.map(({ morePoints }) => Math.max(0, sign * morePoints)));
  await manager.insert(Amendment, {
    id: written.id,
    purchaseId: row.id,
    number,
    kind: written.kind,
    reason: written.reason,
    linesBefore: open.lines,
    linesAfter: lines,
    settingBefore: settingOf(open.row),
    lastLine: written.lastLine,
    differenceMinor: written.differenceMinor,
    givenPoints: pointsOf(1),
    reversedPoints: pointsOf(-1),
    amendedBy: work.caller.subject,
    amendedAt: work.at,
  });
}

const CHANGING = [
  'total_minor',
  'returned_minor',
  'store_id',
  'channel',
  'region',
  'payment_instrument',
];

/** Under which name the ledger knows the points of a rule for the purchase. */
const causeLineOf = ({ open }: Written, rule: SellingRule): string | null => {
  const before = open.awards.find(({ ruleId }) => ruleId === rule.id);
  return before === undefined ? ruleVersionOf(rule) : before.causeLine;
};

const awardRowsOf = (written: Written): AwardRow[] =>
  written.amended.flatMap(({ rule, award }) =>
    award === null
      ? []
      : [
          {
            ...award,
            purchaseId: written.row.id,
            ruleId: rule.id,
            programmeId: rule.programmeId,
            causeLine: causeLineOf(written, rule),
            isLate: false,
          },
        ],
  );

/** What is taken back follows what is owed; what is given is owed while its issuer may not issue. */
async function postingsOf(
  { manager, at }: Work,
  written: Written,
  standings: Standings,
): Promise<NewPosting[]> {
  const { id, row, open, amended } = written;
  const happened = (await happenedTo(manager, [row.id])).get(row.id);
  const changed = amended.filter(({ morePoints }) => morePoints !== 0);
  const postings = changed.map(({ rule, morePoints }, index): NewPosting => {
    const standing = standings.get(rule.issuer.id);
    assert(standing !== undefined, 'who issues stays in the table');
    const ruleVersion = ruleVersionOf(rule);
    const parties = { purchaseId: row.id, memberId: row.memberId, rule: { ...rule, ruleVersion } };
    const key = `amendment:${id}:${ruleVersion}`;
    const place = { purchaseId: row.id, position: open.nextPosition + index, ruleId: rule.id };
    if (morePoints > 0) {
      const issuer = pricedIssuer(rule.issuer, standings, row.recordedAt);
      const command = accrueCommand({ ...parties, issuer, points: morePoints, at, happened });
      const owedBy = mayKeepPromise(standing, at) ? null : rule.issuer.id;
      return { ...place, owedBy, command: { ...command, key } };
    }
    const command = reverseCommand({
      ...parties,
      returnId: id,
      issuerId: rule.issuer.id,
      causeLine: causeLineOf(written, rule),
      points: -morePoints,
    });
    return { ...place, command: { ...command, key, causeKind: 'AMENDMENT' } };
  });
  const like = await owedLike(manager, postings);
  return postings.map((posting, index) => ({
    ...posting,
    owedBy: posting.owedBy ?? like[index]?.owedBy ?? null,
  }));
}
