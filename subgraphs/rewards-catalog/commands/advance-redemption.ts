import { randomInt } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { addDays, type Day, dayOf } from '../../../shared/calendar.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import { appendEvents } from '../../../shared/feeds/append.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import { type Refused, refused } from '../../../shared/graphql/refusals.ts';
import type { Call } from '../../../shared/graphql/request.ts';
import { voidVoucher } from '../aftersales/commands/lock-redemption.ts';
import { RedemptionEvent } from '../aftersales/entities/redemption-event.ts';
import {
  cancelledOnRequest,
  type OnStep,
  type RedemptionRefusal,
  waitsForMerchant,
} from '../domain/redemption.ts';
import { makeVoucherCode } from '../domain/voucher-code.ts';
import { Redemption, type RedemptionRow } from '../entities/redemption.ts';
import { Reward } from '../entities/reward.ts';
import { captureHold, refundAll, releaseHold } from '../joint/commands/pay.ts';
import { returnBooking } from '../offers/commands/conditions.ts';
import { slotDays } from '../offers/domain/slot-days.ts';
import { Booking } from '../offers/entities/booking.ts';
import { slotOf } from '../offers/queries/slot-of.ts';
import type { VoucherSeal } from '../voucher-seal.ts';
import { tellPlaced, tellReleased } from '../webhooks/commands/tell.ts';
import { moveRedemption, returnStock } from './move-redemption.ts';
import { burnAtOnce, type PointsOutcome, placeHold } from './post-points.ts';

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
  if (redemption.state === 'RECORDED') {
    return redemption.atOnce ? burn(hands, redemption) : hold(hands, redemption);
  }
  if (redemption.state === 'HELD') return afterHold(hands, redemption);
  if (redemption.state === 'FULFILLED') return capture(hands, redemption);
  if (redemption.state === 'CAPTURED') return turnBackAsked(hands, redemption);
  if (redemption.state === 'RELEASING') return giveBack(hands, redemption);
}

async function hold(hands: Hands, redemption: RedemptionRow): Promise<void> {
  const outcome = await around(hands, 'place-hold', () => placeHold(hands, redemption));
  const at = hands.frame.clock.now();
  if (outcome.status === 'ACCEPTED') {
    await inTransaction(hands, 'note-hold', async (manager) => {
      const { fulfilBy } = redemption;
      const waits = fulfilBy === null ? {} : { dueAt: fulfilBy };
      const event = { kind: 'POINTS_HELD' as const };
      const move = { next: 'HELD' as const, at, event, ...waits };
      if (await moveRedemption(manager, redemption, move))
        await tellPlaced(manager, at, redemption);
    });
    return;
  }
  await notPlaced(hands, redemption, outcome);
}

/** What pays a part of a bill is never set aside: the cashier waits for it. */
async function burn(hands: Hands, redemption: RedemptionRow): Promise<void> {
  const outcome = await around(hands, 'burn', () => burnAtOnce(hands, redemption));
  if (outcome.status === 'ACCEPTED') return complete(hands, redemption);
  await notPlaced(hands, redemption, outcome);
}

async function notPlaced(
  hands: Hands,
  redemption: RedemptionRow,
  outcome: PointsOutcome,
): Promise<void> {
  const refusal = refusalOf(outcome);
  if (refusal.code === 'POINTS_NOT_ACCEPTED') {
    hands.frame.logger.error({ redemptionId: redemption.id, code: outcome.code }, 'not placed');
  }
  await cancel(hands, redemption, refusal);
}

/** What waits for its merchant is left alone until its time is over. */
async function afterHold(hands: Hands, redemption: RedemptionRow): Promise<void> {
  const at = hands.frame.clock.now();
  if (redemption.cancelAt !== null) return turnBackAsked(hands, redemption);
  if (redemption.fulfilBy === null) return fulfil(hands, redemption);
  if (waitsForMerchant(redemption, at)) return;
  await turnBack(hands, redemption, refused('RewardNotAvailable', 'FULFILMENT_OVERDUE'));
}

async function fulfil({ frame, ...hands }: Hands, redemption: RedemptionRow): Promise<void> {
  const at = frame.clock.now();
  const code = makeVoucherCode((below) => randomInt(below));
  await inTransaction({ frame, ...hands }, 'fulfil', async (manager) => {
    const event = { kind: 'FULFILLED' as const };
    if (!(await moveRedemption(manager, redemption, { next: 'FULFILLED', at, event }))) return;
    const reward = await manager.findOneByOrFail(Reward, { id: redemption.rewardId });
    await insertRows(
      manager,
      'rewards_voucher',
      [
        ...['id', 'redemption_id', 'code_hash', 'code_sealed', 'valid_from', 'valid_until'],
        'voided_ms',
      ],
      [
        [
          ...[frame.newId(), redemption.id, hands.seal.hash(code), hands.seal.seal(code)],
          ...(await goodOn(manager, redemption.id, addDays(dayOf(at), reward.validDays), at)),
          await cancelledMs(manager, redemption.id),
        ],
      ],
    );
  });
}

/** When a redemption, whose row is locked, was asked to be cancelled: from then on its voucher is void. Null: it was not. */
async function cancelledMs(manager: EntityManager, id: string): Promise<number | null> {
  return (await manager.findOneByOrFail(Redemption, { id })).cancelAt?.getTime() ?? null;
}

/**
 * The first day on which a voucher is good, null: at once; and the first day on which it is not good any more. For a time
 * that was booked it is good on the days of that time alone. What is had during a stay ends with it, and lasts today (S16).
 */
async function goodOn(
  manager: EntityManager,
  redemptionId: string,
  longest: Day,
  at: Date,
): Promise<[from: Day | null, until: Day]> {
  const slot = await slotOf(manager, redemptionId);
  if (slot !== null) return slotDays(slot, at);
  const lastDay = (await manager.findOneBy(Booking, { redemptionId }))?.lastDay ?? null;
  if (lastDay === null) return [null, longest];
  return [null, Math.min(longest, addDays(Math.max(lastDay, dayOf(at)), 1))];
}

async function capture(hands: Hands, redemption: RedemptionRow): Promise<void> {
  const outcome = await around(hands, 'capture', () => captureHold(hands, redemption));
  if (outcome.status === 'REFUSED') {
    expectLostHold(redemption, outcome);
    return turnBack(hands, redemption, refused('RewardNotAvailable', 'REDEMPTION_OUT_OF_TIME'));
  }
  await complete(hands, redemption);
}

async function complete(hands: Hands, redemption: RedemptionRow): Promise<void> {
  const at = hands.frame.clock.now();
  await inTransaction(hands, 'complete', async (manager) => {
    const event = { kind: 'COMPLETED' as const };
    const move = { next: 'CAPTURED' as const, at, event, completedAt: at, dueAt: null };
    if (!(await moveRedemption(manager, redemption, move))) return;
    const { id: redemptionId, memberId, merchantId, rewardId, quantity, points, unit } = redemption;
    const completed = { redemptionId, memberId, merchantId, rewardId, quantity, points, unit };
    const payload = { ...completed, completedAt: at.toISOString() };
    await appendEvents(manager, at, [{ kind: 'redemption.completed', payload }]);
  });
}

/** As somebody wanted: the member, unless what was written down then says why. */
async function turnBackAsked(hands: Hands, redemption: RedemptionRow): Promise<void> {
  const asked = await hands.frame.database.reader.findOne(RedemptionEvent, {
    where: { redemptionId: redemption.id, kind: 'CANCEL_REQUESTED' },
    order: { number: 'DESC' },
  });
  const reason = asked?.reason ?? null;
  const refusal =
    reason === null
      ? cancelledOnRequest
      : refused('RewardNotAvailable', reason.code, reason.parameters);
  await turnBack(hands, redemption, refusal);
}

/** From then on nothing of it can be used or handed over. */
async function turnBack(
  hands: Hands,
  redemption: RedemptionRow,
  refusal: RedemptionRefusal,
): Promise<void> {
  const at = hands.frame.clock.now();
  await inTransaction(hands, 'turn-back', async (manager) => {
    const event = { kind: 'TURNED_BACK' as const, reason: refusal };
    const move = { next: 'RELEASING' as const, at, event, refusal };
    if (await moveRedemption(manager, redemption, move)) {
      await voidVoucher({ manager, at }, redemption.id);
    }
  });
}

/** Of one that was completed what was burnt goes back, of another one what was set aside. */
async function giveBack(hands: Hands, redemption: RedemptionRow): Promise<void> {
  if (redemption.completedAt === null) {
    const outcome = await around(hands, 'release', () => releaseHold(hands, redemption));
    if (outcome.status === 'REFUSED') expectLostHold(redemption, outcome);
  } else {
    const outcome = await around(hands, 'refund', () => refundAll(hands, redemption));
    if (outcome.status === 'REFUSED') {
      throw new Error(`The ledger refused the refund of ${redemption.id}: ${outcome.code}`);
    }
  }
  await cancel(hands, redemption, redemption.refusal ?? cancelledOnRequest);
}

async function cancel(
  hands: Hands,
  redemption: RedemptionRow,
  refusal: RedemptionRefusal,
): Promise<void> {
  const at = hands.frame.clock.now();
  await inTransaction(hands, 'cancel', async (manager) => {
    const { id: redemptionId, memberId, merchantId, rewardId, quantity, points } = redemption;
    const event = { kind: 'CANCELLED' as const, reason: refusal };
    const move = { next: 'CANCELLED' as const, at, event, refusal, dueAt: null };
    if (!(await moveRedemption(manager, redemption, move))) return;
    await returnStock(manager, redemption, quantity);
    await returnBooking(manager, redemptionId, quantity);
    if (redemption.completedAt === null) {
      // One whose points were refused was never placed.
      if (redemption.state === 'RELEASING') await tellReleased(manager, at, redemption);
      return;
    }
    const undone = { redemptionId, memberId, merchantId, rewardId, quantity, points };
    const payload = { ...undone, unit: redemption.unit, cancelledAt: at.toISOString() };
    await appendEvents(manager, at, [{ kind: 'redemption.cancelled', payload }]);
  });
}

function refusalOf(outcome: PointsOutcome): RedemptionRefusal {
  const { code } = outcome;
  if (code === 'SPENDING_CAP_EXCEEDED') return refused('SpendingCapReached', code);
  if (code === 'NOT_IN_FAMILY') return refused('RewardNotAvailable', 'FAMILY_POOL_NOT_HERS');
  return refusalOfOwn(outcome);
}

/** Why points of a member's own could not be set aside. */
export function refusalOfOwn({
  code,
  available,
  missing,
}: PointsOutcome): Refused<'InsufficientPoints' | 'RewardNotAvailable'> {
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
