import { dayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  type InvalidInput,
  type NotFound,
  notFound,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { returnStock } from '../../commands/move-redemption.ts';
import { OWN_TURN_MS } from '../../domain/redemption.ts';
import type { RedemptionRow } from '../../entities/redemption.ts';
import { Reward } from '../../entities/reward.ts';
import { writeShares } from '../../joint/commands/write-shares.ts';
import { returnBooking } from '../../offers/commands/conditions.ts';
import { hasBegun } from '../../offers/domain/slot-days.ts';
import { slotOf } from '../../offers/queries/slot-of.ts';
import type { ReturnRedemptionInput } from '../../schema.generated.ts';
import {
  type AskedReturn,
  decideReturn,
  type NotReturnable,
  partOf,
  type ReturnTerms,
} from '../domain/returning.ts';
import { readTerms } from '../queries/read-terms.ts';
import { returnBy } from '../queries/return-by.ts';
import { lockRedemption, lockVoucher, voidVoucher } from './lock-redemption.ts';
import { noteEvent } from './note-event.ts';

export type RedemptionReturned = Readonly<{
  kind: 'RedemptionReturned';
  redemptionId: string;
  returnId: string;
}>;

export type ReturnRedemptionOutcome = RedemptionReturned | NotReturnable | NotFound | InvalidInput;

/**
 * Writes down what comes back of a redemption, so that nobody else can have it back; the points go back afterwards.
 * A redemption of another member at another merchant is answered as if there were none.
 */
export async function returnRedemption(
  work: Work,
  { redemptionId, grounds, quantity: given, agreedFeePoints }: ReturnRedemptionInput,
): Promise<ReturnRedemptionOutcome> {
  const { manager, caller, at } = work;
  const redemption = await lockRedemption(work, redemptionId);
  const by = redemption && returnBy(caller, redemption);
  if (redemption === null || by === null) return notFound('REDEMPTION_NOT_FOUND');
  const voucher = await lockVoucher(work, redemptionId);
  const { kind } = await manager.findOneByOrFail(Reward, {
    id: voucher?.rewardId ?? redemption.rewardId,
  });
  const terms = await readTerms(manager, redemption.rewardId);
  const asked = { quantity: given ?? 1, grounds };
  const isBegun = hasBegun(await slotOf(manager, redemptionId), at);
  const facts = { redemption, kind, terms, voucher, by, isBegun, today: dayOf(at) };
  const decided = decideReturn(facts, asked);
  if ('kind' in decided) return decided;
  if (decided.feePoints > 0 && agreedFeePoints !== decided.feePoints) {
    return refused('NotReturnable', 'FEE_NOT_AGREED', {
      fee: decided.feePoints,
      points: decided.points,
    });
  }

  // From here on the command must succeed.
  const returnId = await writeReturn(work, redemption, asked, decided);
  if (decided.isUntouched) {
    await returnStock(manager, redemption, asked.quantity);
    await returnBooking(manager, redemptionId, asked.quantity);
  }
  const isAll = redemption.returned + asked.quantity === redemption.quantity;
  if (isAll && !decided.isReceived) await voidVoucher(work, redemptionId);
  return { kind: 'RedemptionReturned', redemptionId, returnId };
}

/**
 * It is recorded, and counted in the redemption, whose row is locked; a worker gives the points back once whoever asks has
 * had so long to do it.
 */
async function writeReturn(
  { manager, newId, at }: Pick<Work, 'manager' | 'newId' | 'at'>,
  redemption: RedemptionRow,
  { quantity, grounds }: AskedReturn,
  {
    points,
    feePoints,
    compensationPoints,
    keepsLapsed,
    goodForMonths,
  }: Omit<ReturnTerms, 'isReceived' | 'isUntouched' | 'lastDay'>,
  ownTurnMs = OWN_TURN_MS,
): Promise<string> {
  const returnId = newId();
  const { id: redemptionId } = redemption;
  await execute(manager, 'UPDATE rewards_redemption SET returned = returned + ? WHERE id = ?', [
    quantity,
    redemptionId,
  ]);
  await insertRows(
    manager,
    'rewards_return',
    [
      ...['id', 'redemption_id', 'grounds', 'quantity', 'points', 'fee_points'],
      ...['compensation_points', 'keeps_lapsed', 'good_for_months', 'state', 'requested_ms'],
      ...['attempts', 'next_attempt_ms'],
    ],
    [
      [
        ...[returnId, redemptionId, grounds, quantity, points, feePoints, compensationPoints],
        ...[Number(keepsLapsed), goodForMonths, 'RECORDED', at.getTime()],
        ...[0, at.getTime() + ownTurnMs],
      ],
    ],
  );
  const shared = { returnId, points, compensation: compensationPoints };
  await writeShares(manager, redemption, shared);
  const reason = { code: `GROUNDS_${grounds}`, parameters: {} };
  await noteEvent(manager, redemptionId, at, {
    ...{ kind: 'RETURN_REQUESTED', reason, quantity, points },
  });
  return returnId;
}

/** Less is left of the order that it belongs to: so many come back by themselves, whole, and at once. */
export const writeOrderReturn = (
  work: Pick<Work, 'manager' | 'newId' | 'at'>,
  redemption: RedemptionRow,
  quantity: number,
): Promise<string> =>
  writeReturn(
    work,
    redemption,
    { quantity, grounds: 'ORDER_CHANGED' },
    {
      ...{ points: partOf(redemption, quantity), feePoints: 0, compensationPoints: 0 },
      ...{ keepsLapsed: true, goodForMonths: null },
    },
    0,
  );
