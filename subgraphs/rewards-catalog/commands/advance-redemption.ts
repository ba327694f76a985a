import { randomInt } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { addDays, dayOf } from '../../../shared/calendar.ts';
import { execute } from '../../../shared/database/database.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import { appendEvents } from '../../../shared/feeds/append.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import { refused } from '../../../shared/graphql/refusals.ts';
import type { Call } from '../../../shared/graphql/request.ts';
import type { OnStep, RedemptionRefusal, RedemptionState } from '../domain/redemption.ts';
import { makeVoucherCode } from '../domain/voucher-code.ts';
import type { RedemptionRow } from '../entities/redemption.ts';
import { Reward } from '../entities/reward.ts';
import { returnBooking } from '../offers/commands/conditions.ts';
import type { VoucherSeal } from '../voucher-seal.ts';
import { captureHold, type PointsOutcome, placeHold, releaseHold } from './post-points.ts';

/** What the steps of a redemption need. `call` passes request id and deadline on to the ledger. */
export type Hands = Readonly<{
  frame: Frame;
  seal: VoucherSeal;
  onStep: OnStep;
  call?: Pick<Call, 'requestId' | 'deadline'> | undefined;
}>;

/** The hold is gone: its time is over, or it was given back. Anything else is a defect. */
const LOST_HOLD = ['HOLD_EXPIRED', 'HOLD_RESOLVED', 'HOLD_NOT_FOUND'];

/**
 * Does what comes next for a redemption, once: every change of state is an UPDATE guarded by the state
 * it starts from, and every call to the ledger has a key, so requests and workers may race. Throws
 * PeerFailure when the ledger does not answer.
 */
export async function advanceRedemption(hands: Hands, redemption: RedemptionRow): Promise<void> {
  if (redemption.state === 'RECORDED') return hold(hands, redemption);
  if (redemption.state === 'HELD') return fulfil(hands, redemption);
  if (redemption.state === 'FULFILLED') return capture(hands, redemption);
  if (redemption.state === 'RELEASING') return giveBack(hands, redemption);
}

async function hold(hands: Hands, redemption: RedemptionRow): Promise<void> {
  const outcome = await around(hands, 'place-hold', () => placeHold(hands, redemption));
  if (outcome.status === 'ACCEPTED') {
    await inTransaction(hands, 'note-hold', async (manager) => {
      await move(manager, redemption, 'HELD');
    });
    return;
  }
  const refusal = refusalOf(outcome);
  if (refusal.code === 'POINTS_NOT_ACCEPTED') {
    hands.frame.logger.error({ redemptionId: redemption.id, code: outcome.code }, 'hold refused');
  }
  await inTransaction(hands, 'cancel', async (manager) => {
    if (await move(manager, redemption, 'CANCELLED', { refusal })) {
      await returnStock(manager, redemption);
    }
  });
}

async function fulfil({ frame, ...hands }: Hands, redemption: RedemptionRow): Promise<void> {
  const today = dayOf(frame.clock.now());
  const code = makeVoucherCode((below) => randomInt(below));
  await inTransaction({ frame, ...hands }, 'fulfil', async (manager) => {
    if (!(await move(manager, redemption, 'FULFILLED'))) return;
    const reward = await manager.findOneByOrFail(Reward, { id: redemption.rewardId });
    await insertRows(
      manager,
      'rewards_voucher',
      ['id', 'redemption_id', 'code_hash', 'code_sealed', 'valid_until'],
      [
        [
          ...[frame.newId(), redemption.id, hands.seal.hash(code), hands.seal.seal(code)],
          addDays(today, reward.validDays),
        ],
      ],
    );
  });
}

async function capture(hands: Hands, redemption: RedemptionRow): Promise<void> {
  const outcome = await around(hands, 'capture', () => captureHold(hands, redemption));
  if (outcome.status === 'REFUSED') {
    expectLostHold(redemption, outcome);
    const refusal = refused('RewardNotAvailable', 'REDEMPTION_OUT_OF_TIME');
    await inTransaction(hands, 'turn-back', async (manager) => {
      await move(manager, redemption, 'RELEASING', { refusal });
    });
    return;
  }
  const at = hands.frame.clock.now();
  await inTransaction(hands, 'complete', async (manager) => {
    if (!(await move(manager, redemption, 'CAPTURED', { completedAt: at }))) return;
    const { id: redemptionId, memberId, merchantId, rewardId, quantity, points, unit } = redemption;
    const completed = { redemptionId, memberId, merchantId, rewardId, quantity, points, unit };
    const payload = { ...completed, completedAt: at.toISOString() };
    await appendEvents(manager, at, [{ kind: 'redemption.completed', payload }]);
  });
}

async function giveBack(hands: Hands, redemption: RedemptionRow): Promise<void> {
  const outcome = await around(hands, 'release', () => releaseHold(hands, redemption));
  if (outcome.status === 'REFUSED') expectLostHold(redemption, outcome);
  await inTransaction(hands, 'cancel', async (manager) => {
    if (!(await move(manager, redemption, 'CANCELLED'))) return;
    await returnStock(manager, redemption);
    await returnBooking(manager, redemption.id, redemption.quantity);
  });
}

/** False when somebody else has moved the redemption on from there meanwhile. */
async function move(
  manager: EntityManager,
  { id, state }: RedemptionRow,
  next: RedemptionState,
  notes: Readonly<{ refusal?: RedemptionRefusal; completedAt?: Date }> = {},
): Promise<boolean> {
  const isEnd = next === 'CAPTURED' || next === 'CANCELLED';
  const moved = await execute(
    manager,
    `UPDATE rewards_redemption SET state = ?, refusal = COALESCE(?, refusal), completed_ms = ?
     ${isEnd ? ', next_attempt_ms = NULL' : ''} WHERE id = ? AND state = ?`,
    [
      next,
      notes.refusal === undefined ? null : JSON.stringify(notes.refusal),
      notes.completedAt?.getTime() ?? null,
      id,
      state,
    ],
  );
  return moved === 1;
}

/** A reward without a limit has no stock to return to: null stays null. */
async function returnStock(manager: EntityManager, redemption: RedemptionRow): Promise<void> {
  await execute(manager, 'UPDATE rewards_reward SET stock = stock + ? WHERE id = ?', [
    redemption.quantity,
    redemption.rewardId,
  ]);
}

function refusalOf({ code, available, missing }: PointsOutcome): RedemptionRefusal {
  if (code === 'INSUFFICIENT_POINTS') {
    return refused('InsufficientPoints', code, {
      available: available ?? 0,
      missing: missing ?? 0,
    });
  }
  const isHers = code === 'WALLET_FROZEN' || code === 'WALLET_MERGED';
  return refused('RewardNotAvailable', isHers ? code : 'POINTS_NOT_ACCEPTED');
}

function expectLostHold({ id }: RedemptionRow, { code }: PointsOutcome): void {
  if (code === null || !LOST_HOLD.includes(code)) {
    throw new Error(`The ledger refused the hold of redemption ${id}: ${code}`);
  }
}

const inTransaction = (
  hands: Hands,
  step: Parameters<OnStep>[0],
  work: (manager: EntityManager) => Promise<void>,
): Promise<void> => around(hands, step, () => hands.frame.database.transaction(work));

/** Tells of a step before and after it. */
export async function around<T>(
  { onStep }: Pick<Hands, 'onStep'>,
  step: Parameters<OnStep>[0],
  work: () => Promise<T>,
): Promise<T> {
  await onStep(step, 'before');
  const result = await work();
  await onStep(step, 'after');
  return result;
}
