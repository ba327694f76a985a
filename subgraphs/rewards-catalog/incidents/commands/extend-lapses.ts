import { assert } from '../../../../shared/assert.ts';
import { isoDay } from '../../../../shared/calendar.ts';
import { execute } from '../../../../shared/database/database.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { restAfter } from '../../domain/redemption.ts';
import type { Lapse } from '../domain/lapse.ts';
import { extendedTo, type Remedy } from '../domain/remedy.ts';
import { Incident, type IncidentRow } from '../entities/incident.ts';
import { around, type Hands, lockedIncident } from './hands.ts';

type Extension = Extract<Remedy, { kind: 'EXTEND' }>;

type Outcome = Readonly<{ status: 'ACCEPTED' | 'REFUSED' | 'FAILED'; points: number | null }>;

const POST = `mutation ($commands: [PointsCommandInput!]!) {
  postPoints(commands: $commands) { status points }
}`;

/**
 * Makes the next points good again that lapsed in the window: the ledger is told under a key of incident, member, unit
 * and day, then that is written down. False: none was left to be told. What is refused had been spent, or was extended
 * already. Throws PeerFailure when the ledger does not answer.
 */
export async function extendLapses(
  hands: Hands,
  incident: IncidentRow,
  remedy: Extension,
): Promise<boolean> {
  const lapses = await nextOpen(hands, incident.id);
  if (lapses.length === 0) return false;
  const outcomes = await around(hands, incident, 'post', () =>
    post(hands, incident, remedy, lapses),
  );
  const { database, clock } = hands.frame;
  await around(hands, incident, 'give', () =>
    database.transaction(async (manager) => {
      const writing = { manager, dialect: database.dialect };
      const now = await lockedIncident(writing, incident.id);
      if (now.state !== 'APPLYING') return;
      let given = 0;
      for (const [index, { memberId, unit, expiresOn }] of lapses.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined || outcome.status === 'FAILED') continue;
        const extended = outcome.status === 'ACCEPTED' ? (outcome.points ?? 0) : 0;
        const noted = await execute(
          manager,
          `UPDATE rewards_incident_lapse SET extended = ? WHERE incident_id = ? AND member_id = ?
           AND unit = ? AND expires_on = ? AND extended IS NULL`,
          [extended, now.id, memberId, unit, expiresOn],
        );
        given += noted * extended;
      }
      const isFailed = outcomes.some(({ status }) => status === 'FAILED');
      const at = clock.now().getTime();
      await manager.update(Incident, now.id, {
        pointsGiven: now.pointsGiven + given,
        attempts: isFailed ? now.attempts : 0,
        nextAttemptAt: new Date(at + (isFailed ? restAfter(now.attempts) : 0)),
      });
    }),
  );
  return true;
}

async function nextOpen({ frame, pageSize }: Hands, incidentId: string): Promise<Lapse[]> {
  type Found = Readonly<Record<'member_id' | 'unit', string>> &
    Readonly<Record<'expires_on' | 'points', unknown>>;
  const rows = await frame.database.reader.query<Found[]>(
    `SELECT member_id, unit, expires_on, points FROM rewards_incident_lapse
     WHERE incident_id = ? AND extended IS NULL
     ORDER BY member_id, unit, expires_on LIMIT ${pageSize}`,
    [incidentId],
  );
  return rows.map((row) => ({
    ...{ memberId: row.member_id, unit: row.unit },
    ...{ expiresOn: toSafeInteger(row.expires_on), points: toSafeInteger(row.points) },
  }));
}

async function post(
  { frame: { peers } }: Hands,
  { id, merchantId, approvedOn }: IncidentRow,
  { days }: Extension,
  lapses: readonly Lapse[],
): Promise<readonly Outcome[]> {
  assert(approvedOn !== null, 'what is given was approved');
  const commands = lapses.map(({ memberId, unit, expiresOn }) => ({
    key: `incident:${id}:${memberId}:${expiresOn}:${unit}`,
    ...{ kind: 'EXTEND', walletId: memberId, issuerId: merchantId, unit },
    ...{ causeKind: 'INCIDENT', causeId: id, expiresOn: isoDay(expiresOn) },
    toExpiresOn: isoDay(extendedTo(expiresOn, approvedOn, days)),
  }));
  const { postPoints } = await peers.ask<{ postPoints: Outcome[] }>('points-ledger', POST, {
    commands,
  });
  assert(postPoints.length === lapses.length, 'the ledger answers every command');
  return postPoints;
}
