import type { EntityManager } from 'typeorm';
import { execute } from '../../../shared/database/database.ts';
import { noteEvent } from '../aftersales/commands/note-event.ts';
import type { NewRedemptionEvent } from '../aftersales/domain/event.ts';
import type { RedemptionRefusal, RedemptionState } from '../domain/redemption.ts';
import type { RedemptionRow } from '../entities/redemption.ts';
import { Voucher } from '../entities/voucher.ts';

/** What goes with a change of state. */
export type Move = Readonly<{
  next: RedemptionState;
  at: Date;
  event: NewRedemptionEvent;
  refusal?: RedemptionRefusal;
  completedAt?: Date;
  /**
   * From when on a worker may take it up, null when nothing is left to do; left out: as before. One that was asked
   * to be cancelled meanwhile stays as due as it was, until it is.
   */
  dueAt?: Date | null;
}>;

const DUE = `, attempts = 0, next_attempt_ms =
  CASE WHEN cancel_ms IS NULL OR ? = 'CANCELLED' THEN ? ELSE next_attempt_ms END`;

/** False when somebody else has moved the redemption on from there meanwhile: then nothing is written. */
export async function moveRedemption(
  manager: EntityManager,
  { id, state }: Pick<RedemptionRow, 'id' | 'state'>,
  { next, at, event, refusal, completedAt, dueAt }: Move,
): Promise<boolean> {
  const moved = await execute(
    manager,
    `UPDATE rewards_redemption SET state = ?, refusal = COALESCE(?, refusal),
       completed_ms = COALESCE(?, completed_ms)
       ${dueAt === undefined ? '' : DUE}
     WHERE id = ? AND state = ?`,
    [
      next,
      refusal === undefined ? null : JSON.stringify(refusal),
      completedAt?.getTime() ?? null,
      ...(dueAt === undefined ? [] : [next, dueAt?.getTime() ?? null]),
      ...[id, state],
    ],
  );
  if (moved !== 1) return false;
  await noteEvent(manager, id, at, event);
  return true;
}

/**
 * Gives pieces of a redemption back to the stock that they came from: of the reward that its voucher is good for. One
 * without a limit has no stock to return to: null stays null.
 */
export async function returnStock(
  manager: EntityManager,
  { id, rewardId }: Pick<RedemptionRow, 'id' | 'rewardId'>,
  quantity: number,
): Promise<void> {
  const voucher = await manager.findOneBy(Voucher, { redemptionId: id });
  await execute(manager, 'UPDATE rewards_reward SET stock = stock + ? WHERE id = ?', [
    quantity,
    voucher?.rewardId ?? rewardId,
  ]);
}
