import type { EntityManager } from 'typeorm';
import { addMonths, dayOf, isoDay } from '../../../../shared/calendar.ts';
import { execute } from '../../../../shared/database/database.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { around, type Hands } from '../../commands/advance-redemption.ts';
import { postAll } from '../../commands/post-points.ts';
import { Redemption, type RedemptionRow } from '../../entities/redemption.ts';
import { payeesOf } from '../../joint/queries/payees.ts';
import type { ReturnState } from '../domain/returning.ts';
import type { ReturnRow } from '../entities/return.ts';
import { issuingPrice } from '../queries/issuing-price.ts';
import { lockRedemption } from './lock-redemption.ts';
import { noteEvent } from './note-event.ts';

/**
 * Does what comes next for a return, once, as for a redemption: guarded by the state, and with a key for each
 * command to the ledger. Throws PeerFailure when another subgraph does not answer.
 */
export async function advanceReturn(hands: Hands, row: ReturnRow): Promise<void> {
  const redemption = await hands.frame.database.reader.findOneByOrFail(Redemption, {
    id: row.redemptionId,
  });
  if (row.state === 'RECORDED') return giveBack(hands, row, redemption);
  if (row.state === 'REFUNDED') return compensate(hands, row, redemption);
}

/** What was burnt goes back to its own lots. */
async function giveBack(hands: Hands, row: ReturnRow, redemption: RedemptionRow): Promise<void> {
  if (row.points > 0) {
    const payees = await payeesOf(hands.frame.database.reader, row, redemption);
    const commands = payees
      .filter(({ points }) => points > 0)
      .map(({ ending, walletId, points }) => ({
        ...commandOf(row, redemption, `refund${ending}`),
        ...{ kind: 'REFUND', walletId, points, refundsId: redemption.id },
        ...(row.keepsLapsed ? {} : { lapsedLots: 'LAPSE' }),
        ...(row.goodForMonths === null ? {} : { goodForMonths: row.goodForMonths }),
      }));
    const outcomes = await around(hands, 'refund-return', () => postAll(hands, commands));
    const refusal = outcomes.find(({ status }) => status === 'REFUSED');
    if (refusal !== undefined) {
      throw new Error(`The ledger refused the refund of return ${row.id}: ${refusal.code}`);
    }
  }
  const database = hands.frame.database;
  await around(hands, 'note-refund', () =>
    database.transaction(async (manager) => {
      await move(manager, row, 'REFUNDED');
    }),
  );
}

/** What the merchant has to answer for it makes good with points of its own (S29), good as long as those that went back. */
async function compensate(hands: Hands, row: ReturnRow, redemption: RedemptionRow): Promise<void> {
  const { clock, database, logger } = hands.frame;
  const refusal = row.compensationPoints > 0 ? await issue(hands, row, redemption) : null;
  if (refusal !== null) logger.error({ returnId: row.id, code: refusal }, 'no compensation');
  const at = clock.now();
  await around(hands, 'finish-return', () =>
    database.transaction(async (manager) => {
      // First, as in every transaction that adds to the timeline.
      await lockRedemption({ manager, dialect: database.dialect }, row.redemptionId);
      if (!(await move(manager, row, 'DONE', at))) return;
      const { id, redemptionId, grounds, quantity, points, feePoints } = row;
      const returned = { kind: 'RETURNED' as const, quantity, points };
      await noteEvent(manager, redemptionId, at, returned);
      if (refusal !== null) {
        const reason = { code: 'COMPENSATION_NOT_ISSUED', parameters: {} };
        await noteEvent(manager, redemptionId, at, { kind: 'COMPENSATION_REFUSED', reason });
      }
      const { memberId, merchantId, rewardId, unit } = redemption;
      const whose = { returnId: id, redemptionId, memberId, merchantId, rewardId };
      const left = await leftAfter(manager, redemption);
      const what = { grounds, quantity, left, points, feePoints, unit };
      const when = { returnedAt: at.toISOString() };
      await appendEvents(manager, at, [
        { kind: 'redemption.returned', payload: { ...whose, ...what, ...when } },
      ]);
    }),
  );
}

/** How many of a redemption, whose row is locked, did not come back, by the returns that are done. */
async function leftAfter(manager: EntityManager, { id, quantity }: RedemptionRow): Promise<number> {
  const [row] = await manager.query<{ back: unknown }[]>(
    `SELECT COALESCE(SUM(quantity), 0) AS back FROM rewards_return
     WHERE redemption_id = ? AND state = 'DONE'`,
    [id],
  );
  return quantity - toSafeInteger(row?.back);
}

/** Null, or why nothing was issued: the merchant may not issue at the moment, or has no contract any more. */
async function issue(
  hands: Hands,
  row: ReturnRow,
  redemption: RedemptionRow,
): Promise<string | null> {
  const price = await issuingPrice(hands, redemption.merchantId);
  if (price === null) return 'NO_CONTRACT';
  const months = row.goodForMonths ?? 1;
  const payees = await payeesOf(hands.frame.database.reader, row, redemption);
  const commands = payees
    .filter(({ compensation }) => compensation > 0)
    .map(({ ending, memberId, compensation }) => ({
      ...commandOf(row, redemption, `compensation${ending}`),
      ...{ kind: 'ACCRUE', walletId: memberId, points: compensation },
      ...{ issuerId: redemption.merchantId, ...price },
      // From the day on which it was recorded, so that a repetition is the same command.
      expiresOn: isoDay(addMonths(dayOf(row.requestedAt), months)),
    }));
  const outcomes = await around(hands, 'compensate', () => postAll(hands, commands));
  const refusal = outcomes.find(({ status }) => status === 'REFUSED');
  return refusal === undefined ? null : (refusal.code ?? 'REFUSED');
}

const commandOf = (row: ReturnRow, { unit }: RedemptionRow, what: string) => ({
  key: `return:${row.id}:${what}`,
  ...{ unit, causeKind: 'REDEMPTION_RETURN', causeId: row.id },
});

/** False when somebody else has moved it on meanwhile. */
async function move(
  manager: EntityManager,
  { id, state }: ReturnRow,
  next: ReturnState,
  completedAt: Date | null = null,
): Promise<boolean> {
  const moved = await execute(
    manager,
    `UPDATE rewards_return SET state = ?, completed_ms = ?
     ${next === 'DONE' ? ', next_attempt_ms = NULL' : ''} WHERE id = ? AND state = ?`,
    [next, completedAt?.getTime() ?? null, id, state],
  );
  return moved === 1;
}
