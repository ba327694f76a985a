import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { assert } from '../../../../shared/assert.ts';
import { addDays, type Day } from '../../../../shared/calendar.ts';
import { execute } from '../../../../shared/database/database.ts';
import { placeholders } from '../../../../shared/database/rows.ts';
import { sum, toSafeInteger } from '../../../../shared/quantities.ts';
import type { RedemptionState } from '../../domain/redemption.ts';
import { Reward } from '../../entities/reward.ts';
import { returnBooking } from '../../offers/commands/conditions.ts';
import { Booking } from '../../offers/entities/booking.ts';
import { extendedTo, type Remedy } from '../domain/remedy.ts';
import { Incident, type IncidentRow } from '../entities/incident.ts';
import { addToStock, finish } from './finish.ts';
import { around, type Hands, lockedIncident, type Writing } from './hands.ts';

type VoucherRemedy = Exclude<Remedy, { kind: 'BONUS' }>;

type Mendable = Readonly<{
  id: string;
  redemptionId: string;
  memberId: string;
  state: RedemptionState;
  /** Pieces that did not come back. */
  quantity: number;
  validUntil: Day;
  /** What it is good for now. */
  rewardId: string;
}>;

/** Mends the vouchers of the next members, in one transaction with the note that they are done. */
export const mendVouchers = (
  hands: Hands,
  incident: IncidentRow,
  remedy: VoucherRemedy,
): Promise<void> =>
  around(hands, incident, 'give', () =>
    hands.frame.database.transaction(async (manager) => {
      const writing = { manager, dialect: hands.frame.database.dialect };
      const now = await lockedIncident(writing, incident.id);
      if (now.state !== 'APPLYING') return;
      const memberIds = await nextMembers(manager, now.id, hands.pageSize);
      const found = await lockMendable(writing, now.id, memberIds);
      const mended =
        remedy.kind === 'EXTEND'
          ? await extend(manager, now, remedy.days, found)
          : await substitute(manager, now, remedy.rewardId, found);
      await noteMembers(hands, manager, now.id, { memberIds, mended });
      const taken = remedy.kind === 'SUBSTITUTE' ? sum(mended.map((one) => one.quantity)) : 0;
      await manager.update(Incident, now.id, {
        membersDone: now.membersDone + memberIds.length,
        vouchersDone: now.vouchersDone + mended.length,
        reserved: now.reserved - taken,
        attempts: 0,
        nextAttemptAt: hands.frame.clock.now(),
      });
      if (memberIds.length < hands.pageSize) await finish(hands, manager, now.id);
    }),
  );

async function nextMembers(
  manager: EntityManager,
  incidentId: string,
  size: number,
): Promise<string[]> {
  const rows = await manager.query<Readonly<{ member_id: string }>[]>(
    `SELECT member_id FROM rewards_incident_member
     WHERE incident_id = ? AND done_ms IS NULL ORDER BY tries, member_id LIMIT ${size}`,
    [incidentId],
  );
  return rows.map((row) => row.member_id);
}

/** The affected vouchers of these members that are neither used nor void; nobody changes them meanwhile. */
async function lockMendable(
  { manager, dialect }: Writing,
  incidentId: string,
  memberIds: readonly string[],
): Promise<Mendable[]> {
  if (memberIds.length === 0) return [];
  const cases = `SELECT redemption_id FROM rewards_incident_case
    WHERE incident_id = ? AND member_id IN (${placeholders(memberIds.length)})`;
  const parameters = [incidentId, ...memberIds];
  await manager.query(
    `SELECT id FROM rewards_voucher WHERE redemption_id IN (${cases})
     ORDER BY id ${dialect.forUpdate}`,
    parameters,
  );
  type Found = Readonly<Record<'quantity' | 'valid_until', unknown>> &
    Readonly<Record<'id' | 'redemption_id' | 'member_id' | 'reward_id', string>> &
    Readonly<{ state: RedemptionState }>;
  const rows = await manager.query<Found[]>(
    `SELECT v.id, v.redemption_id, r.member_id, r.state, r.quantity - r.returned AS quantity, v.valid_until,
       COALESCE(v.reward_id, r.reward_id) AS reward_id
     FROM rewards_voucher v JOIN rewards_redemption r ON r.id = v.redemption_id
     WHERE v.redemption_id IN (${cases}) AND v.used_ms IS NULL AND v.voided_ms IS NULL
       AND r.state NOT IN ('RELEASING', 'CANCELLED')
     ORDER BY v.id`,
    parameters,
  );
  return rows.map((row) => ({
    id: row.id,
    redemptionId: row.redemption_id,
    memberId: row.member_id,
    state: row.state,
    quantity: toSafeInteger(row.quantity),
    validUntil: toSafeInteger(row.valid_until),
    rewardId: row.reward_id,
  }));
}

/** One statement for all that are good until the same day. */
async function extend(
  manager: EntityManager,
  { id, approvedOn }: IncidentRow,
  days: number,
  found: readonly Mendable[],
): Promise<readonly Mendable[]> {
  assert(approvedOn !== null, 'what is given was approved');
  for (const [validUntil, alike] of Map.groupBy(found, (voucher) => voucher.validUntil)) {
    const until = extendedTo(validUntil, approvedOn, days);
    await execute(
      manager,
      `UPDATE rewards_voucher SET valid_until = ? WHERE id IN (${placeholders(alike.length)})`,
      [until, ...alike.map((voucher) => voucher.id)],
    );
    await noteCases(manager, id, { effect: 'EXTENDED', until, mended: alike });
  }
  return found;
}

/**
 * Each becomes a voucher for the substitute, under the code that its member has. Its piece was reserved; that of the
 * old reward goes back, and so does the place that was booked for it.
 */
async function substitute(
  manager: EntityManager,
  { id, approvedOn, reserved }: IncidentRow,
  rewardId: string,
  found: readonly Mendable[],
): Promise<readonly Mendable[]> {
  assert(approvedOn !== null, 'what is given was approved');
  const reward = await manager.findOneByOrFail(Reward, { id: rewardId });
  const least = addDays(approvedOn, reward.validDays);
  const mended = found.filter(({ state }) => state === 'CAPTURED');
  const needed = sum(mended.map(({ quantity }) => quantity));
  assert(needed <= reserved, 'a piece was reserved for every voucher');
  const untilOf = (voucher: Mendable): Day => Math.max(voucher.validUntil, least);
  for (const [until, alike] of Map.groupBy(mended, untilOf)) {
    await execute(
      manager,
      `UPDATE rewards_voucher SET reward_id = ?, valid_from = NULL, valid_until = ?
       WHERE id IN (${placeholders(alike.length)})`,
      [rewardId, until, ...alike.map((voucher) => voucher.id)],
    );
    await noteCases(manager, id, { effect: 'SUBSTITUTED', until, mended: alike });
  }
  for (const [old, alike] of Map.groupBy(mended, (voucher) => voucher.rewardId)) {
    await addToStock(manager, old, sum(alike.map(({ quantity }) => quantity)));
  }
  await returnPlaces(manager, mended);
  return mended;
}

/** A place goes back once: from then on the redemption has none. */
async function returnPlaces(manager: EntityManager, mended: readonly Mendable[]): Promise<void> {
  const ids = mended.map(({ redemptionId }) => redemptionId);
  const booked = await manager.findBy(Booking, { redemptionId: In(ids), slotId: Not(IsNull()) });
  for (const { redemptionId, quantity } of mended) {
    if (!booked.some((booking) => booking.redemptionId === redemptionId)) continue;
    await returnBooking(manager, redemptionId, quantity);
    await manager.update(Booking, redemptionId, { slotId: null });
  }
}

type Noted = Readonly<{
  effect: 'EXTENDED' | 'SUBSTITUTED';
  until: Day;
  mended: readonly Mendable[];
}>;

const noteCases = (
  manager: EntityManager,
  incidentId: string,
  { effect, until, mended }: Noted,
): Promise<number> =>
  execute(
    manager,
    `UPDATE rewards_incident_case SET effect = ?, valid_until = ?
     WHERE incident_id = ? AND redemption_id IN (${placeholders(mended.length)})`,
    [effect, until, incidentId, ...mended.map(({ redemptionId }) => redemptionId)],
  );

async function noteMembers(
  { frame }: Hands,
  manager: EntityManager,
  incidentId: string,
  { memberIds, mended }: Readonly<{ memberIds: readonly string[]; mended: readonly Mendable[] }>,
): Promise<void> {
  const extended =
    memberIds.length === 0
      ? []
      : await manager.query<Readonly<{ member_id: string }>[]>(
          `SELECT member_id FROM rewards_incident_lapse WHERE incident_id = ? AND extended > 0
           AND member_id IN (${placeholders(memberIds.length)})`,
          [incidentId, ...memberIds],
        );
  const served = new Set([
    ...mended.map(({ memberId }) => memberId),
    ...extended.map((row) => row.member_id),
  ]);
  for (const [effect, alike] of Map.groupBy(memberIds, (id) =>
    served.has(id) ? 'GIVEN' : 'NOTHING',
  )) {
    await execute(
      manager,
      `UPDATE rewards_incident_member SET done_ms = ?, effect = ?
       WHERE incident_id = ? AND member_id IN (${placeholders(alike.length)})`,
      [frame.clock.now().getTime(), effect, incidentId, ...alike],
    );
  }
}
