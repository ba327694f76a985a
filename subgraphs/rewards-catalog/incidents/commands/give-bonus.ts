import type { EntityManager } from 'typeorm';
import { assert } from '../../../../shared/assert.ts';
import { addDays, isoDay } from '../../../../shared/calendar.ts';
import { execute } from '../../../../shared/database/database.ts';
import { placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { restAfter } from '../../domain/redemption.ts';
import type { Remedy } from '../domain/remedy.ts';
import { Incident, type IncidentRow } from '../entities/incident.ts';
import { finish } from './finish.ts';
import { around, type Hands, lockedIncident } from './hands.ts';

type Bonus = Extract<Remedy, { kind: 'BONUS' }>;

type Waiting = Readonly<{ memberId: string; keyNumber: number }>;

type Outcome = Readonly<{ status: 'ACCEPTED' | 'REFUSED' | 'FAILED'; code: string | null }>;

const POST = `mutation ($commands: [PointsCommandInput!]!) {
  postPoints(commands: $commands) { status code }
}`;

/** The cover of the issuer is used up for the time being. Any other refusal stays one. */
const PASSING = ['ISSUER_CAP_REACHED'];

/**
 * Gives the next members their points: the ledger is told under a key of member and incident, then that is written
 * down. So each of them gets them once, whoever dies between and however many work at it.
 */
export async function giveBonus(hands: Hands, incident: IncidentRow, bonus: Bonus): Promise<void> {
  const { database } = hands.frame;
  const page = await nextMembers(database.reader, incident.id, hands.pageSize);
  const outcomes = await around(hands, incident, 'post', () => post(hands, incident, bonus, page));
  const told = page.map((waiting, index) => ({ ...waiting, outcome: outcomes[index] }));
  const isOf = (status: Outcome['status'], isPassing = false) =>
    told.filter(
      ({ outcome }) =>
        outcome?.status === status && PASSING.includes(outcome.code ?? '') === isPassing,
    );
  const [given, refusedOnes] = [isOf('ACCEPTED'), isOf('REFUSED')];
  const later = [...isOf('FAILED'), ...isOf('REFUSED', true)];
  await around(hands, incident, 'give', () =>
    database.transaction(async (manager) => {
      const now = await lockedIncident({ manager, dialect: database.dialect }, incident.id);
      if (now.state !== 'APPLYING') return;
      const at = hands.frame.clock.now().getTime();
      const done = await noteDone(manager, now.id, at, { effect: 'GIVEN', members: given });
      const said = await noteDone(manager, now.id, at, { effect: 'REFUSED', members: refusedOnes });
      await noteLater(manager, now.id, later);
      await manager.update(Incident, now.id, {
        membersDone: now.membersDone + done,
        membersRefused: now.membersRefused + said,
        pointsGiven: now.pointsGiven + done * bonus.points,
        attempts: later.length === 0 ? 0 : now.attempts,
        nextAttemptAt: new Date(at + (later.length === 0 ? 0 : restAfter(now.attempts))),
      });
      if (page.length < hands.pageSize && later.length === 0) await finish(hands, manager, now.id);
    }),
  );
}

/** Who waits, those that were tried least first: nobody who cannot be served keeps the others waiting. */
async function nextMembers(
  reader: EntityManager,
  incidentId: string,
  size: number,
): Promise<Waiting[]> {
  const rows = await reader.query<Readonly<{ member_id: string; key_number: unknown }>[]>(
    `SELECT member_id, key_number FROM rewards_incident_member
     WHERE incident_id = ? AND done_ms IS NULL ORDER BY tries, member_id LIMIT ${size}`,
    [incidentId],
  );
  return rows.map((row) => ({
    memberId: row.member_id,
    keyNumber: toSafeInteger(row.key_number),
  }));
}

/** Throws PeerFailure when the ledger does not answer: the same keys are asked again. */
async function post(
  { frame: { peers } }: Hands,
  { id, merchantId, priceMinor, pricePoints, priceCurrency, approvedOn }: IncidentRow,
  { points, unit, validDays }: Bonus,
  page: readonly Waiting[],
): Promise<readonly Outcome[]> {
  if (page.length === 0) return [];
  assert(approvedOn !== null, 'what is given was approved');
  const expiresOn = validDays === null ? null : isoDay(addDays(approvedOn, validDays));
  const commands = page.map(({ memberId, keyNumber }) => ({
    key: `incident:${id}:${memberId}:${keyNumber}`,
    kind: 'ACCRUE',
    walletId: memberId,
    issuerId: merchantId,
    causeKind: 'INCIDENT',
    causeId: id,
    ruleVersion: `incident:${id}`,
    ...{ unit, points, expiresOn, priceMinor, pricePoints, priceCurrency },
  }));
  const { postPoints } = await peers.ask<{ postPoints: Outcome[] }>('points-ledger', POST, {
    commands,
  });
  assert(postPoints.length === page.length, 'the ledger answers every command');
  return postPoints;
}

type Told = Waiting & Readonly<{ outcome: Outcome | undefined }>;

/** How many were not done before. */
async function noteDone(
  manager: EntityManager,
  incidentId: string,
  at: number,
  { effect, members }: Readonly<{ effect: 'GIVEN' | 'REFUSED'; members: readonly Told[] }>,
): Promise<number> {
  let done = 0;
  for (const [code, alike] of Map.groupBy(members, ({ outcome }) => outcome?.code ?? null)) {
    done += await execute(
      manager,
      `UPDATE rewards_incident_member SET done_ms = ?, effect = ?, refusal = ?
       WHERE incident_id = ? AND done_ms IS NULL
         AND member_id IN (${placeholders(alike.length)})`,
      [at, effect, code, incidentId, ...alike.map(({ memberId }) => memberId)],
    );
  }
  return done;
}

/** A refusal is remembered under its key, so the next try has another one; what failed is asked again under its own. */
async function noteLater(
  manager: EntityManager,
  incidentId: string,
  members: readonly Told[],
): Promise<void> {
  for (const { memberId, keyNumber, outcome } of members) {
    await execute(
      manager,
      `UPDATE rewards_incident_member SET tries = tries + 1, key_number = ?
       WHERE incident_id = ? AND member_id = ? AND done_ms IS NULL AND key_number = ?`,
      [keyNumber + (outcome?.status === 'REFUSED' ? 1 : 0), incidentId, memberId, keyNumber],
    );
  }
}
