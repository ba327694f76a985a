import { assert } from '../../../../shared/assert.ts';
import { dayOf, NEVER, parseIsoDay } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { isCurrency } from '../../../../shared/currency.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  checkKey,
  checkPositive,
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { canonicalJson, sha256 } from '../../../../shared/identifiers.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { checkUnit } from '../../commands/check-unit.ts';
import { isPrice, type PriceClass, priceClassOf } from '../../domain/price.ts';
import type { Ledger } from '../../ledger/create-ledger.ts';
import type { BatchFrame } from '../../ledger/run-batch.ts';
import type { ApproveAdjustmentInput, ProposeAdjustmentInput } from '../../schema.generated.ts';
import { Adjustment, type AdjustmentRow } from '../entities/adjustment.ts';
import { driveEach } from './drive-cases.ts';
import { TEXT_MAX } from './freeze-points.ts';
import { secondPersonNeeded } from './lock.ts';

/** More than this is no goodwill but a programme, which has rules of its own. */
const ADJUSTMENT_MAX = 10_000;
const PRICE_CLASS_MAX = 64;
const PAGE = 100;

export type AdjustmentChanged = Readonly<{
  kind: 'PointsAdjustmentChanged';
  adjustmentId: string;
}>;

/**
 * Proposes to grant a member points of an issuer out of goodwill. Each names issuer, budget and version of
 * the rule. Nothing is granted before a second person approves.
 */
export async function proposeAdjustment(
  work: Work,
  input: ProposeAdjustmentInput,
): Promise<AdjustmentChanged | InvalidInput | Refused<'AdjustmentTooLarge'>> {
  const { memberId, issuerId, unit, points, ruleVersion } = input;
  const wrong =
    checkKey('memberId', memberId, 64) ??
    checkKey('issuerId', issuerId, 64) ??
    checkUnit('unit', unit) ??
    checkKey('ruleVersion', ruleVersion, 64) ??
    checkText('reason', input.reason, TEXT_MAX) ??
    checkText('budget', input.budget, TEXT_MAX) ??
    checkPositive('points', points);
  if (wrong !== null) return wrong;
  if (points > ADJUSTMENT_MAX) {
    return refused('AdjustmentTooLarge', 'ADJUSTMENT_TOO_LARGE', { max: ADJUSTMENT_MAX });
  }
  const expiresOn = input.expiresOn == null ? NEVER : parseIsoDay(input.expiresOn);
  if (expiresOn <= dayOf(work.at)) return invalidInput('LAPSED_ALREADY', 'expiresOn');
  const priceClass = readPrice(input);
  if (priceClass === null) return invalidInput('PRICE_NOT_USABLE', 'price');

  // From here on the command must succeed.
  const id = work.newId();
  await insertRows(
    work.manager,
    'points_adjustment',
    // biome-ignore format: the columns in the order of the values below.
    ['id', 'wallet_id', 'issuer_id', 'unit', 'points', 'expires_on', 'price_class', 'reason', 'budget',
      'rule_version', 'state', 'proposed_by', 'proposed_ms'],
    [
      [
        id,
        memberId,
        issuerId,
        unit,
        points,
        expiresOn,
        priceClass,
        input.reason.trim(),
        input.budget.trim(),
        ruleVersion,
        'PROPOSED',
        work.caller.subject,
        work.at.getTime(),
      ],
    ],
  );
  return { kind: 'PointsAdjustmentChanged', adjustmentId: id };
}

/** A second person approves; then the books grant the points. */
export async function approveAdjustment(
  { manager, dialect, caller }: Work,
  { adjustmentId: id }: ApproveAdjustmentInput,
): Promise<
  AdjustmentChanged | NotFound | Refused<'AdjustmentNotReady'> | Refused<'SecondPersonNeeded'>
> {
  await manager.query(`SELECT id FROM points_adjustment WHERE id = ? ${dialect.forUpdate}`, [id]);
  const found = await manager.findOneBy(Adjustment, { id });
  if (found === null) return notFound('ADJUSTMENT_NOT_FOUND');
  const { state } = found;
  if (state !== 'PROPOSED') return refused('AdjustmentNotReady', 'ADJUSTMENT_NOT_READY', { state });
  if (found.proposedBy === caller.subject) return secondPersonNeeded();

  // From here on the command must succeed.
  const matched = await execute(
    manager,
    `UPDATE points_adjustment SET state = 'APPROVED', approved_by = ?
     WHERE id = ? AND state = 'PROPOSED'`,
    [caller.subject, id],
  );
  assert(matched === 1, 'an adjustment that is locked stays as it is');
  return { kind: 'PointsAdjustmentChanged', adjustmentId: id };
}

/** Has the books grant what was approved; may be repeated by anybody, like that of cases. */
export async function driveAdjustment(
  { database }: BatchFrame,
  ledger: Ledger,
  id: string,
): Promise<void> {
  const found = await database.reader.findOneBy(Adjustment, { id });
  if (found?.state !== 'APPROVED') return;
  const command = grantOf(found);
  const requestHash = sha256(canonicalJson(command));
  const [outcome] = await ledger.post([
    { scope: 'service:points-ledger', key: `adjustment:${id}`, requestHash, command },
  ]);
  if (outcome === undefined || outcome.status === 'FAILED') return;
  await database.transaction((manager) =>
    execute(
      manager,
      `UPDATE points_adjustment SET state = ?, entry_id = ?, refusal = ?
       WHERE id = ? AND state = 'APPROVED'`,
      [outcome.status === 'ACCEPTED' ? 'BOOKED' : 'REFUSED', outcome.entryId, outcome.code, id],
    ),
  );
}

/** Goes on with adjustments that a crash left. */
export function bookAdjustments(frame: BatchFrame, ledger: Ledger): Worker {
  async function step(): Promise<boolean> {
    const begun = await frame.database.reader.find(Adjustment, {
      select: { id: true },
      where: { state: 'APPROVED' },
      order: { id: 'ASC' },
      take: PAGE,
    });
    await driveEach(begun, (id) => driveAdjustment(frame, ledger, id));
    return false;
  }
  return { name: 'approved adjustments are booked', restMs: 5_000, step };
}

const grantOf = (row: AdjustmentRow) => ({
  kind: 'ACCRUE' as const,
  walletId: row.walletId,
  unit: row.unit,
  points: row.points,
  issuerId: row.issuerId,
  expiresOn: row.expiresOn,
  priceClass: row.priceClass,
  causeKind: 'GOODWILL',
  causeId: row.id,
  ruleVersion: row.ruleVersion,
});

function readPrice({ price, pricePoints }: ProposeAdjustmentInput): PriceClass | null {
  const { amountMinor, currency } = price;
  if (!isPrice(amountMinor, pricePoints) || !isCurrency(currency)) return null;
  const priceClass = priceClassOf(amountMinor, pricePoints, currency);
  return priceClass.length <= PRICE_CLASS_MAX ? priceClass : null;
}
