import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { dayOf, NEVER } from '../../../shared/calendar.ts';
import type { Dialect } from '../../../shared/database/dialect.ts';
import { type FollowedEvent, followFeed } from '../../../shared/feeds/follow.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import type { Worker } from '../../../shared/workers.ts';
import { insertEntries } from '../accounts/commands/insert-entries.ts';
import { claimForOrders } from '../acts/commands/claim-for-orders.ts';
import { Certificate } from '../certificates/entities/certificate.ts';
import {
  certificatesByNumber,
  certificatesOfRewards,
} from '../certificates/queries/certificates.ts';
import type { ProductCertificate } from '../domain/assess.ts';
import {
  type CarbonEntry,
  entriesOfAmendment,
  entriesOfExchange,
  entriesOfLapse,
  entriesOfLateUse,
  entriesOfPurchase,
  entriesOfRedemption,
  entriesOfReturn,
  entriesOfUndone,
} from '../domain/carbon-entries.ts';
import {
  type PurchaseAmended,
  type PurchaseRecorded,
  type PurchaseReturned,
  purchaseAmended,
  purchaseRecorded,
  purchaseReturned,
  redemptionCompleted,
  redemptionExchanged,
  redemptionUndone,
  type VoucherTold,
  voucherTold,
} from '../domain/events.ts';
import type { Factor } from '../domain/factors.ts';
import { rewardCertificate, rewardSaving } from '../domain/reward.ts';
import { CarbonEntries } from '../entities/carbon-entry.ts';
import { readFactors } from '../factors/queries/read-factors.ts';

/** Enters what purchases saved, and takes back what returns undo. */
export const followPurchases = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'merchants',
    consumer: 'green-purchases',
    async apply(manager, events) {
      const booking = { manager, dialect: frame.database.dialect, at: frame.clock.now() };
      await insertEntries(booking, await ofPurchases(booking, events));
      // A return or a change follows its purchase in the feed, so its purchase is in the accounts by now.
      await insertEntries(booking, await ofChanges(booking, events));
    },
  });

/** Enters what redeemed rewards saved, and takes back what is cancelled or comes back. */
export const followRedemptions = (frame: Frame): Worker =>
  followFeed(frame, {
    feed: 'rewards-catalog',
    consumer: 'green-redemptions',
    async apply(manager, events) {
      const booking = { manager, dialect: frame.database.dialect, at: frame.clock.now() };
      await insertEntries(booking, await ofRedemptions(manager, events));
      // What is undone follows its completion in the feed.
      await insertEntries(booking, await ofUndone(manager, events));
    },
  });

type Write = Readonly<{ manager: EntityManager; dialect: Dialect }>;

async function ofPurchases(write: Write, events: readonly FollowedEvent[]): Promise<CarbonEntry[]> {
  const purchases = events
    .filter(({ kind }) => kind === 'purchase.recorded')
    .map(({ payload }) => purchaseRecorded.parse(payload));
  const certificateOf = await certificatesOf(write.manager, purchases);
  const factors = await readFactors(write.manager);
  const entries = purchases.flatMap((event) => entriesOfPurchase(event, certificateOf, factors));
  return claimForOrders(write, purchases, entries, factors);
}

/** The certificates that the lines of orders name, by their number. */
async function certificatesOf(
  manager: EntityManager,
  orders: readonly Pick<PurchaseRecorded, 'lines'>[],
): Promise<(number: string) => ProductCertificate | null> {
  const numbers = orders.flatMap(({ lines }) =>
    lines.flatMap(({ certificateNumber }) => certificateNumber || []),
  );
  const certificates = new Map(
    (await certificatesByNumber(manager, [...new Set(numbers)])).map((one) => [one.number, one]),
  );
  return (number) => certificates.get(number) ?? null;
}

/** Returns and changes of orders in the order of the feed: the later ones build on the earlier ones. */
async function ofChanges(write: Write, events: readonly FollowedEvent[]): Promise<CarbonEntry[]> {
  const changes = events.flatMap(({ kind, payload, at }): Change[] => {
    if (kind === 'purchase.returned') return [{ event: purchaseReturned.parse(payload), at }];
    return kind === 'purchase.amended' ? [{ event: purchaseAmended.parse(payload), at }] : [];
  });
  if (changes.length === 0) return [];
  const { manager } = write;
  const known = await manager.findBy(CarbonEntries, {
    origin: In([...new Set(changes.map(({ event }) => `purchase:${event.purchaseId}`))]),
  });
  const byOrigin = Map.groupBy(known, ({ origin }) => origin);
  const certificateOf = await certificatesOf(
    manager,
    changes.map(({ event }) => event),
  );
  const factors = await readFactors(manager);
  const entered = changes.flatMap(({ event, at }) => {
    const isAmended = 'amendmentId' in event;
    const cause = isAmended ? `amendment:${event.amendmentId}` : `return:${event.returnId}`;
    const origin = `purchase:${event.purchaseId}`;
    const entries = byOrigin.get(origin) ?? [];
    // A change that was entered before is repeated: the later ones have built on it.
    if (entries.some((one) => one.cause === cause)) return [];
    const changed = isAmended
      ? entriesOfAmendment(event, entries, { certificateOf, factors, at })
      : entriesOfReturn(event, entries, { factors, at });
    byOrigin.set(origin, [...entries, ...changed]);
    return changed;
  });
  const amended = changes.flatMap(({ event }) => ('amendmentId' in event ? [event] : []));
  return claimForOrders(write, amended, entered, factors);
}

type Change = Readonly<{ event: PurchaseReturned | PurchaseAmended; at: Date }>;

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
  const factors = await readFactors(manager);
  return redemptions.flatMap((event) => {
    const day = dayOf(event.completedAt);
    const certificate = rewardCertificate(
      byReward.get(event.rewardId) ?? [],
      { merchantId: event.merchantId ?? '', day },
      factors,
    );
    const saving =
      certificate && rewardSaving(certificate, { day, quantity: event.quantity }, factors);
    return saving ? entriesOfRedemption(event, saving) : [];
  });
}

type Correction = (entries: readonly CarbonEntry[], at: Date) => CarbonEntry[];

/** What an event of the catalogue changes of a redemption that is in an account; null: nothing. */
function changeBy(
  { kind, payload }: FollowedEvent,
  factors: readonly Factor[],
  stands: (entry: CarbonEntry) => boolean,
): Undoing | null {
  switch (kind) {
    case 'redemption.cancelled':
    case 'redemption.returned': {
      const event = redemptionUndone.parse(payload);
      return [event, (entries, at) => entriesOfUndone(event, entries, { factors, at })];
    }
    case 'redemption.exchanged': {
      const event = redemptionExchanged.parse(payload);
      // For the same again nothing changes.
      if (event.forRewardId == null) return null;
      return [event, (entries, at) => entriesOfExchange(event, entries, { factors, at })];
    }
    case 'voucher.lapsed': {
      const event = voucherTold.parse(payload);
      return [event, (entries) => entriesOfLapse(event, entries)];
    }
    case 'voucher.used': {
      const event = voucherTold.parse(payload);
      return [event, (entries) => entriesOfLateUse(event, entries.filter(stands), factors)];
    }
    default:
      return null;
  }
}

type Undoing = readonly [VoucherTold, Correction];

/** Whether an entry was not taken back with its certificate: what was revoked for its day is not entered again. */
async function standingIn(manager: EntityManager): Promise<(entry: CarbonEntry) => boolean> {
  const revoked = await manager.find(Certificate, { where: { revokedFrom: Not(IsNull()) } });
  const from = new Map(revoked.map(({ id, revokedFrom }) => [id, revokedFrom ?? NEVER]));
  return ({ certificateId, occurredAt }) =>
    (from.get(certificateId ?? '') ?? NEVER) > dayOf(occurredAt);
}

/** In the order of the feed: the later ones build on the earlier ones. */
async function ofUndone(
  manager: EntityManager,
  events: readonly FollowedEvent[],
): Promise<CarbonEntry[]> {
  const factors = await readFactors(manager);
  const isAsked = events.some(({ kind }) => kind === 'voucher.used');
  const stands = isAsked ? await standingIn(manager) : () => true;
  const undone = events.flatMap((event) => {
    const change = changeBy(event, factors, stands);
    return change === null
      ? []
      : [{ origin: `redemption:${change[0].redemptionId}`, change: change[1], at: event.at }];
  });
  if (undone.length === 0) return [];
  const origins = [...new Set(undone.map(({ origin }) => origin))];
  const known = await manager.find(CarbonEntries, {
    where: { origin: In(origins) },
    order: { occurredAt: 'ASC' },
  });
  const byOrigin = Map.groupBy(known, ({ origin }) => origin);
  return undone.flatMap(({ origin, change, at }) => {
    const entries = byOrigin.get(origin) ?? [];
    const changed = change(entries, at);
    byOrigin.set(origin, [...entries, ...changed]);
    return changed;
  });
}
