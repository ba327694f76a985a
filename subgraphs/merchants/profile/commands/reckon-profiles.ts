import type { EntityManager } from 'typeorm';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows, placeholders } from '../../../../shared/database/rows.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import { PeerFailure } from '../../../../shared/graphql/peers.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { averageOf, isRising, type Preference, preferencesOf } from '../domain/profile.ts';
import { activitiesOf, boughtBy, type Whose } from '../queries/activity.ts';
import { type Consents, consentsOf } from '../queries/consents.ts';
import { eraseProfiles, eraseReckoned, lockProfiled } from './erase-profiles.ts';

const PAGE = 100;
const AGAIN_MS = 24 * 60 * 60 * 1000;
const WORKER = { requestId: 'merchants-profiles', deadline: null };

/**
 * Reckons the profiles of those who agree, each once a day, a page of members at a time. Whether they agree is asked
 * each time, before and outside the transaction; while members does not answer nobody is profiled.
 */
export const profileWorker = (frame: Frame): Worker => {
  const { database, clock, logger, peers } = frame;
  let isOut = false;

  async function asked(memberIds: readonly string[]) {
    try {
      const consents = await consentsOf(peers, memberIds, WORKER);
      isOut = false;
      return consents;
    } catch (error) {
      if (!(error instanceof PeerFailure)) throw error;
      if (!isOut) logger.warn({ error }, 'members is out of reach, and nobody is profiled');
      isOut = true;
      return null;
    }
  }

  return {
    name: 'merchants reckons profiles',
    restMs: 2_000,
    async step() {
      const at = clock.now();
      const due = await dueAt(database.reader, at);
      if (due.size === 0) return false;
      const consents = await asked([...due.keys()]);
      if (consents === null) return false;
      await reckon(frame, { due, consents, at });
      return true;
    },
  };
};

/** Whom to look at, and since when she has been waiting. */
async function dueAt(reader: EntityManager, at: Date): Promise<ReadonlyMap<string, number>> {
  const rows = await reader.query<{ member_id: string; due_ms: unknown }[]>(
    `SELECT member_id, due_ms FROM merchants_profiled WHERE due_ms <= ?
     ORDER BY due_ms, member_id LIMIT ${PAGE}`,
    [at.getTime()],
  );
  return new Map(rows.map((row) => [row.member_id, toSafeInteger(row.due_ms)]));
}

type Asked = Readonly<{
  due: ReadonlyMap<string, number>;
  consents: ReadonlyMap<string, Consents>;
  at: Date;
}>;

async function reckon({ database }: Frame, { due, consents, at }: Asked): Promise<void> {
  const agrees = (id: string): boolean => consents.get(id)?.isProfiled === true;
  const agreed = [...due.keys()].filter(agrees);
  const activities = await activitiesOf(database.reader, agreed, at);
  const bought = await boughtBy(database.reader, agreed, at);
  await database.transaction(async (manager) => {
    const locked = await lockProfiled(manager, database.dialect.forUpdate, [...due.keys()]);
    // Who has withdrawn is not there any more; whose consents changed since they were asked is asked again.
    const standing = [...locked].flatMap(([id, dueMs]) => (due.get(id) === dueMs ? id : []));
    const kept = new Set(standing.filter(agrees));
    await eraseProfiles(
      manager,
      standing.filter((id) => !agrees(id)),
    );
    await eraseReckoned(manager, [...kept]);
    const removed = await removedBy(manager, [...kept]);
    const profiles = activities.filter(({ memberId }) => kept.has(memberId));
    const rows = profiles.map((one) => rowOf(one, at));
    await insertRows(manager, 'merchants_profile', COLUMNS, rows);
    const preferred = bought.filter((one) => !removed.has(nameOf(one)));
    await insertPreferences(manager, profiles, preferred);
    for (const wantsMessages of [true, false]) {
      const ids = [...kept].filter((id) => consents.get(id)?.wantsMessages === wantsMessages);
      await settle(manager, ids, { wantsMessages, at });
    }
  });
}

const COLUMNS = [
  'member_id',
  'merchant_id',
  'currency',
  'orders',
  'average_minor',
  'recent_orders',
  'recent_minor',
  'earlier_orders',
  'earlier_minor',
  'is_rising',
  'reckoned_ms',
];

const rowOf = (activity: Awaited<ReturnType<typeof activitiesOf>>[number], at: Date) => [
  activity.memberId,
  activity.merchantId,
  activity.currency,
  activity.orders,
  averageOf(activity),
  activity.recentOrders,
  activity.recentMinor,
  activity.earlierOrders,
  activity.earlierMinor,
  Number(isRising(activity)),
  at.getTime(),
];

type Bought = Whose & Preference;

async function insertPreferences(
  manager: EntityManager,
  profiles: readonly Whose[],
  bought: readonly Bought[],
): Promise<void> {
  const byProfile = Map.groupBy(bought, profileOf);
  const rows = profiles.flatMap(({ memberId, merchantId }) =>
    preferencesOf(byProfile.get(profileOf({ memberId, merchantId })) ?? []).map((one) => [
      memberId,
      merchantId,
      one.kind,
      one.preferred,
      one.orders,
    ]),
  );
  const columns = ['member_id', 'merchant_id', 'kind', 'preferred', 'orders'];
  await insertRows(manager, 'merchants_profile_preference', columns, rows);
}

const profileOf = ({ memberId, merchantId }: Whose): string => `${memberId} ${merchantId}`;
const nameOf = (one: Whose & Pick<Preference, 'kind' | 'preferred'>): string =>
  `${profileOf(one)} ${one.kind} ${one.preferred}`;

/** What these members took out of their profiles. */
async function removedBy(
  manager: EntityManager,
  memberIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (memberIds.length === 0) return new Set();
  type Removed = Pick<Preference, 'kind' | 'preferred'> & {
    member_id: string;
    merchant_id: string;
  };
  const rows = await manager.query<Removed[]>(
    `SELECT member_id, merchant_id, kind, preferred FROM merchants_profile_removed
     WHERE member_id IN (${placeholders(memberIds.length)})`,
    [...memberIds],
  );
  return new Set(
    rows.map((row) => nameOf({ ...row, memberId: row.member_id, merchantId: row.merchant_id })),
  );
}

/** Says when these members are looked at again, and whether they want messages. */
async function settle(
  manager: EntityManager,
  memberIds: readonly string[],
  { wantsMessages, at }: Readonly<{ wantsMessages: boolean; at: Date }>,
): Promise<void> {
  if (memberIds.length === 0) return;
  await execute(
    manager,
    `UPDATE merchants_profiled SET wants_messages = ?, due_ms = ?
     WHERE member_id IN (${placeholders(memberIds.length)})`,
    [Number(wantsMessages), at.getTime() + AGAIN_MS, ...memberIds],
  );
}
