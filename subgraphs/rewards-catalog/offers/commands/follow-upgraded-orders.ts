import { In } from 'typeorm';
import { z } from 'zod';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { followFeed } from '../../../../shared/feeds/follow.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';
import {
  lockRedemption,
  lockVoucher,
  voidVoucher,
} from '../../aftersales/commands/lock-redemption.ts';
import { noteEvent } from '../../aftersales/commands/note-event.ts';
import { isUnused } from '../domain/upgrade-standing.ts';
import { Booking } from '../entities/booking.ts';

const payload = z.object({ purchaseId: z.string() });

/**
 * Follows what becomes of orders that were made better: when one is cancelled, its upgrades are too, and their points go
 * back (S15). What was used or handed over before, or came back in parts, stays. From there on each is driven as one
 * that its member cancelled.
 */
export const followUpgradedOrders = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'merchants',
    consumer: 'rewards-upgrades',
    apply: async (manager, events) => {
      const ids = events
        .filter(({ kind }) => kind === 'purchase.cancelled')
        .map((event) => payload.parse(event.payload).purchaseId);
      if (ids.length === 0) return;
      const bookings = await manager.findBy(Booking, { purchaseId: In(ids) });
      const { clock, database } = frame;
      for (const { redemptionId } of bookings) {
        await cancelUpgrade({ manager, dialect: database.dialect, at: clock.now() }, redemptionId);
      }
    },
  });

async function cancelUpgrade(
  work: Pick<Work, 'manager' | 'dialect' | 'at'>,
  redemptionId: string,
): Promise<void> {
  const redemption = await lockRedemption(work, redemptionId);
  const voucher = await lockVoucher(work, redemptionId);
  if (redemption === null || !isUnused(redemption, voucher)) return;
  const at = work.at.getTime();
  await execute(
    work.manager,
    'UPDATE rewards_redemption SET cancel_ms = ?, attempts = 0, next_attempt_ms = ? WHERE id = ?',
    [at, at, redemptionId],
  );
  await voidVoucher(work, redemptionId);
  const reason = { code: 'UPGRADED_ORDER_CANCELLED', parameters: {} };
  await noteEvent(work.manager, redemptionId, work.at, { kind: 'CANCEL_REQUESTED', reason });
}
