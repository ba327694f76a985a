import { In, Not } from 'typeorm';
import { z } from 'zod';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { type FollowedEvent, followFeed } from '../../../../shared/feeds/follow.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import { sum } from '../../../../shared/quantities.ts';
import type { Worker } from '../../../../shared/workers.ts';
import {
  lockRedemption,
  lockVoucher,
  voidVoucher,
} from '../../aftersales/commands/lock-redemption.ts';
import { noteEvent } from '../../aftersales/commands/note-event.ts';
import { writeOrderReturn } from '../../aftersales/commands/return-redemption.ts';
import { returnStock } from '../../commands/move-redemption.ts';
import { Redemption, type RedemptionRow } from '../../entities/redemption.ts';
import { Reward, type RewardRow } from '../../entities/reward.ts';
import { isUnused } from '../domain/upgrade-standing.ts';
import { Booking } from '../entities/booking.ts';
import { returnBooking } from './conditions.ts';

const line = z.object({
  sku: z.string().nullable(),
  quantity: z.number().int(),
  returnedQuantity: z.number().int(),
});

const changed = z.object({ purchaseId: z.string(), lines: z.array(line) });
const cancelled = z.object({ purchaseId: z.string() });

/** How many are left of each number of goods in an order; none of one that was cancelled. */
type Left = Readonly<{ purchaseId: string; left: ReadonlyMap<string, number>; reason: string }>;

/**
 * Follows what becomes of orders that redemptions belong to: when the order is cancelled, or less of it is left than was made
 * better, or nothing of what it was had during the use of, they are cancelled too, and their points go back (S15, S16). What
 * was used or handed over before, or came back in parts, stays. From there on each is driven as one that its member cancelled.
 */
export const followUpgradedOrders = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'merchants',
    consumer: 'rewards-upgrades',
    apply: async (manager, events) => {
      const { clock, database } = frame;
      // Of one order the last word counts: a cancelled one was returned just before.
      const last = new Map(events.flatMap(leftIn).map((left) => [left.purchaseId, left]));
      for (const order of last.values()) {
        await followOrder(
          { manager, dialect: database.dialect, at: clock.now(), newId: frame.newId },
          order,
        );
      }
    },
  });

function leftIn({ kind, payload }: FollowedEvent): Left[] {
  if (kind === 'purchase.cancelled') {
    const { purchaseId } = cancelled.parse(payload);
    return [{ purchaseId, left: new Map(), reason: 'UPGRADED_ORDER_CANCELLED' }];
  }
  if (kind !== 'purchase.returned' && kind !== 'purchase.amended') return [];
  const { purchaseId, lines } = changed.parse(payload);
  const left = new Map<string, number>();
  for (const { sku, quantity, returnedQuantity } of lines) {
    left.set(sku ?? '', (left.get(sku ?? '') ?? 0) + quantity - returnedQuantity);
  }
  return [{ purchaseId, left, reason: 'UPGRADED_ORDER_RETURNED' }];
}

type Working = Pick<Work, 'manager' | 'dialect' | 'at' | 'newId'>;

async function followOrder(work: Working, { purchaseId, left, reason }: Left): Promise<void> {
  const { manager } = work;
  const bookings = await manager.findBy(Booking, { purchaseId });
  if (bookings.length === 0) return;
  const ids = bookings.map(({ redemptionId }) => redemptionId);
  // The last that were had are the first that nothing is left for.
  const all = await manager.find(Redemption, {
    where: { id: In(ids), state: Not('CANCELLED') },
    order: { requestedAt: 'DESC', id: 'DESC' },
  });
  const rewards = await manager.findBy(Reward, { id: In(all.map(({ rewardId }) => rewardId)) });
  for (const reward of rewards) {
    const had = all.filter(({ rewardId, cancelAt }) => rewardId === reward.id && cancelAt === null);
    let tooMany =
      sum(had.map(({ quantity, returned }) => quantity - returned)) - keeps(reward, left);
    for (const { id } of had) {
      if (tooMany > 0) tooMany -= await takeBack(work, id, tooMany, reason);
    }
  }
}

/** For how many of a reward there is enough of the order left. */
function keeps({ details, duringOrder }: RewardRow, left: ReadonlyMap<string, number>): number {
  const of = (skus: readonly string[]) => sum(skus.map((sku) => left.get(sku) ?? 0));
  if (details?.upgrade !== undefined) return of(details.upgrade.skus);
  const skus = duringOrder?.skus ?? [];
  const used = skus.length === 0 ? sum([...left.values()]) : of(skus);
  return used > 0 ? Number.MAX_SAFE_INTEGER : 0;
}

/** Of how many pieces of a redemption there is too little left; answers how many of it go: none that was used or handed over. */
async function takeBack(
  work: Working,
  redemptionId: string,
  tooMany: number,
  reason: string,
): Promise<number> {
  const redemption = await lockRedemption(work, redemptionId);
  const voucher = await lockVoucher(work, redemptionId);
  if (redemption === null || !isUnused(redemption, voucher)) return 0;
  const left = redemption.quantity - redemption.returned;
  if (tooMany >= left && redemption.returned === 0) {
    await cancelUpgrade(work, redemptionId, reason);
    return left;
  }
  // What is not completed cannot come back in parts.
  if (redemption.state !== 'CAPTURED') return 0;
  await giveBack(work, redemption, Math.min(tooMany, left));
  return Math.min(tooMany, left);
}

/** So many come back by themselves, whole; what lapsed meanwhile is extended (R6). */
async function giveBack(work: Working, redemption: RedemptionRow, quantity: number): Promise<void> {
  const { id, quantity: all, returned } = redemption;
  await writeOrderReturn(work, redemption, quantity);
  await returnStock(work.manager, redemption, quantity);
  await returnBooking(work.manager, id, quantity);
  if (returned + quantity === all) await voidVoucher(work, id);
}

async function cancelUpgrade(work: Working, redemptionId: string, code: string): Promise<void> {
  const at = work.at.getTime();
  await execute(
    work.manager,
    'UPDATE rewards_redemption SET cancel_ms = ?, attempts = 0, next_attempt_ms = ? WHERE id = ?',
    [at, at, redemptionId],
  );
  await voidVoucher(work, redemptionId);
  const reason = { code, parameters: {} };
  await noteEvent(work.manager, redemptionId, work.at, { kind: 'CANCEL_REQUESTED', reason });
}
