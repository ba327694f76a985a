import { type EntityManager, In } from 'typeorm';
import { execute } from '../../../../shared/database/database.ts';
import type { Dialect } from '../../../../shared/database/dialect.ts';
import { type FollowedEvent, followFeed } from '../../../../shared/feeds/follow.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { lockRedemption } from '../../aftersales/commands/lock-redemption.ts';
import { writeOrderReturn } from '../../aftersales/commands/return-redemption.ts';
import { returnStock } from '../../commands/move-redemption.ts';
import { keptOf, type RecordedLine, stepsKept, totalOf } from '../domain/offset.ts';
import { orderCancelled, orderChanged, orderRecorded } from '../domain/order-events.ts';
import { BillOffset, type BillOffsetRow } from '../entities/bill-offset.ts';

type Step = Readonly<{ manager: EntityManager; dialect: Dialect; newId: () => string; at: Date }>;

/**
 * Follows what becomes of orders that points paid a part of: recorded, their points stay; returned, cancelled or
 * corrected, points go back in proportion. The returns that it records are carried out as all others are.
 */
export const followOrders = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'merchants',
    consumer: 'rewards-bill-offsets',
    apply: async (manager, events) => {
      const { dialect } = frame.database;
      await noteRecorded(manager, events);
      const changes = changesIn(events);
      const offsets = await offsetsOf(manager, changes);
      for (const { purchaseId, lines, at } of changes) {
        const offset = offsets.get(purchaseId);
        if (offset === undefined) continue;
        const step = { manager, dialect, newId: frame.newId, at };
        offsets.set(purchaseId, await giveBackFor(step, offset, lines));
      }
    },
  });

async function noteRecorded(manager: EntityManager, events: readonly FollowedEvent[]) {
  for (const { kind, payload } of events) {
    if (kind !== 'purchase.recorded' || payload.pointsPayment == null) continue;
    const { purchaseId, lines, pointsPayment } = orderRecorded.parse(payload);
    await execute(
      manager,
      `UPDATE rewards_bill_offset SET purchase_id = ?, base_minor = ?, lapses_ms = NULL
       WHERE redemption_id = ? AND purchase_id IS NULL`,
      [purchaseId, totalOf(lines), pointsPayment?.redemptionId ?? null],
    );
  }
}

/** `lines`: as they are after the change; none are left of an order that was cancelled. */
type Change = Readonly<{ purchaseId: string; lines: readonly RecordedLine[]; at: Date }>;

const changesIn = (events: readonly FollowedEvent[]): Change[] =>
  events.flatMap(({ kind, payload, at }): Change[] => {
    if (kind === 'purchase.returned' || kind === 'purchase.amended') {
      return [{ ...orderChanged.parse(payload), at }];
    }
    return kind === 'purchase.cancelled'
      ? [{ ...orderCancelled.parse(payload), lines: [], at }]
      : [];
  });

async function offsetsOf(
  manager: EntityManager,
  changes: readonly Change[],
): Promise<Map<string, BillOffsetRow>> {
  if (changes.length === 0) return new Map();
  const purchaseIds = [...new Set(changes.map(({ purchaseId }) => purchaseId))];
  const rows = await manager.findBy(BillOffset, { purchaseId: In(purchaseIds) });
  return new Map(rows.map((row) => [row.purchaseId ?? '', row]));
}

/** Answers the offset as it is then. What went back once never pays again. */
async function giveBackFor(
  step: Step,
  offset: BillOffsetRow,
  lines: readonly RecordedLine[],
): Promise<BillOffsetRow> {
  const { manager } = step;
  const { redemptionId } = offset;
  const base = Math.max(offset.baseMinor ?? 0, totalOf(lines));
  await execute(manager, 'UPDATE rewards_bill_offset SET base_minor = ? WHERE redemption_id = ?', [
    base,
    redemptionId,
  ]);
  const redemption = await lockRedemption(step, redemptionId);
  if (redemption?.state !== 'CAPTURED') return { ...offset, baseMinor: base };
  const { quantity, returned } = redemption;
  const goesBack = quantity - stepsKept(quantity, keptOf(lines), base) - returned;
  if (goesBack > 0) {
    await writeOrderReturn(step, redemption, goesBack);
    await returnStock(manager, redemption, goesBack);
  }
  return { ...offset, baseMinor: base };
}
