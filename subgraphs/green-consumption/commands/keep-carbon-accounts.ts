import { type EntityManager, In } from 'typeorm';
import { dayOf } from '../../../shared/calendar.ts';
import type { Dialect } from '../../../shared/database/dialect.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import { type FollowedEvent, followFeed } from '../../../shared/feeds/follow.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import type { Worker } from '../../../shared/workers.ts';
import {
  type CarbonEntry,
  entriesOfPurchase,
  entriesOfRedemption,
  entriesOfReturn,
} from '../domain/carbon-entries.ts';
import { purchaseRecorded, purchaseReturned, redemptionCompleted } from '../domain/events.ts';
import { rewardCertificate, rewardSaving } from '../domain/reward.ts';
import { CarbonEntries } from '../entities/carbon-entry.ts';
import { certificatesByNumber, certificatesOfRewards } from '../queries/certificates.ts';

/** Enters what purchases saved, and takes back what returns undo. */
export const followPurchases = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'merchants',
    consumer: 'green-purchases',
    async apply(manager, events) {
      const { dialect } = frame.database;
      await insertEntries({ manager, dialect }, await ofPurchases(manager, events));
      // A return follows its purchase in the feed, so its purchase is in the accounts by now.
      await insertEntries({ manager, dialect }, await ofReturns(manager, events));
    },
  });

/** Enters what redeemed rewards saved. */
export const followRedemptions = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'rewards-catalog',
    consumer: 'green-redemptions',
    async apply(manager, events) {
      const { dialect } = frame.database;
      await insertEntries({ manager, dialect }, await ofRedemptions(manager, events));
    },
  });

async function ofPurchases(
  manager: EntityManager,
  events: readonly FollowedEvent[],
): Promise<CarbonEntry[]> {
  const purchases = events
    .filter(({ kind }) => kind === 'purchase.recorded')
    .map(({ payload }) => purchaseRecorded.parse(payload));
  const numbers = purchases.flatMap(({ lines }) =>
    lines.flatMap(({ certificateNumber }) => certificateNumber || []),
  );
  const certificates = new Map(
    (await certificatesByNumber(manager, [...new Set(numbers)])).map((one) => [one.number, one]),
  );
  return purchases.flatMap((event) =>
    entriesOfPurchase(event, (number) => certificates.get(number) ?? null),
  );
}

async function ofReturns(
  manager: EntityManager,
  events: readonly FollowedEvent[],
): Promise<CarbonEntry[]> {
  const returns = events
    .filter(({ kind }) => kind === 'purchase.returned')
    .map(({ payload, at }) => ({ event: purchaseReturned.parse(payload), at }));
  if (returns.length === 0) return [];
  const known = await manager.findBy(CarbonEntries, {
    origin: In([...new Set(returns.map(({ event }) => `purchase:${event.purchaseId}`))]),
  });
  const byOrigin = Map.groupBy(known, ({ origin }) => origin);
  return returns.flatMap(({ event, at }) => {
    const entries = byOrigin.get(`purchase:${event.purchaseId}`) ?? [];
    // A return that was entered before is repeated: the later ones have built on it.
    if (entries.some(({ cause }) => cause === `return:${event.returnId}`)) return [];
    const taken = entriesOfReturn(event, entries, at);
    entries.push(...taken);
    return taken;
  });
}

async function ofRedemptions(
  manager: EntityManager,
  events: readonly FollowedEvent[],
): Promise<CarbonEntry[]> {
  const redemptions = events
    .filter(({ kind }) => kind === 'redemption.completed')
    .map(({ payload }) => redemptionCompleted.parse(payload));
  const rewardIds = [...new Set(redemptions.map(({ rewardId }) => rewardId))];
  const byReward = Map.groupBy(
    await certificatesOfRewards(manager, rewardIds),
    ({ rewardId }) => rewardId,
  );
  return redemptions.flatMap((event) => {
    const day = dayOf(event.completedAt);
    const certificate = rewardCertificate(byReward.get(event.rewardId) ?? [], day);
    const saving = certificate && rewardSaving(certificate, day, event.quantity);
    return saving ? entriesOfRedemption(event, saving) : [];
  });
}

/** An entry that is known is left alone: an event may come more than once. */
const insertEntries = (
  { manager, dialect }: Readonly<{ manager: EntityManager; dialect: Dialect }>,
  entries: readonly CarbonEntry[],
): Promise<void> =>
  insertRows(
    manager,
    'green_carbon_entry',
    [
      ...['cause', 'line', 'factor_code', 'factor_version', 'basis', 'member_id', 'merchant_id'],
      ...['origin', 'certificate_id', 'activity_milli', 'pieces', 'grams', 'occurred_ms'],
    ],
    entries.map((entry) => [
      ...[entry.cause, entry.line, entry.factorCode, entry.factorVersion, entry.basis],
      ...[entry.memberId, entry.merchantId, entry.origin, entry.certificateId],
      ...[entry.activityMilli, entry.pieces, entry.grams, entry.occurredAt.getTime()],
    ]),
    { ending: dialect.onDuplicateKeep(['cause', 'line', 'factor_code']) },
  );
