import { insertRows } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { isAffected } from '../domain/affected.ts';
import { lapseDays } from '../domain/lapse.ts';
import { Incident, type IncidentRow } from '../entities/incident.ts';
import { nextCourses } from '../queries/course-page.ts';
import { nextLapses } from '../queries/lapse-page.ts';
import { around, type Hands, lockedIncident, type Writing } from './hands.ts';

/** Looks at the next redemptions of the affected rewards, and writes down whom the incident concerned. */
export async function listAffected(hands: Hands, incident: IncidentRow): Promise<void> {
  const { database } = hands.frame;
  const { rewardId, listed } = await nextCourses(database.reader, incident, hands.pageSize);
  const affected = listed.filter(({ course }) => isAffected(course, incident));
  const last = listed.length < hands.pageSize ? null : (listed.at(-1) ?? null);
  const { rewardIds } = incident;
  const following = last === null ? rewardIds[rewardIds.indexOf(rewardId) + 1] : rewardId;
  await around(hands, incident, 'list', () =>
    database.transaction(async (manager) => {
      const writing = { manager, dialect: database.dialect };
      const now = await lockedIncident(writing, incident.id);
      // Another worker may have been faster.
      if (now.state !== 'LISTING' || !isSamePlace(now, incident)) return;
      await writeAffected(writing, incident.id, affected);
      if (following === undefined) {
        if (lapseDays(now) === null) return finishList(hands, writing, incident.id);
        return moveOn(hands, writing, now.id, { lapsePosition: 0 });
      }
      await moveOn(hands, writing, now.id, {
        listedReward: following,
        listedMs: last?.course.requestedMs ?? 0,
        listedId: last?.redemptionId ?? '',
      });
    }),
  );
}

/** Looks at the next events of the ledger, and writes down whose points of the merchant lapsed in the window. */
export async function listLapses(hands: Hands, incident: IncidentRow): Promise<void> {
  const { database, peers } = hands.frame;
  const { lapses, position, isLast } = await nextLapses(peers, incident);
  await around(hands, incident, 'list', () =>
    database.transaction(async (manager) => {
      const writing = { manager, dialect: database.dialect };
      const now = await lockedIncident(writing, incident.id);
      if (now.state !== 'LISTING' || now.lapsePosition !== incident.lapsePosition) return;
      await writeMembers(writing, now.id, lapses);
      await insertRows(
        manager,
        'rewards_incident_lapse',
        ['incident_id', 'member_id', 'unit', 'expires_on', 'points'],
        lapses.map((one) => [now.id, one.memberId, one.unit, one.expiresOn, one.points]),
        {
          ending: database.dialect.onDuplicateKeep(LAPSE_KEY),
        },
      );
      if (isLast) return finishList(hands, writing, now.id);
      await moveOn(hands, writing, now.id, { lapsePosition: position });
    }),
  );
}

const moveOn = async (
  { frame }: Hands,
  { manager }: Writing,
  incidentId: string,
  place: Partial<Pick<IncidentRow, 'listedReward' | 'listedMs' | 'listedId' | 'lapsePosition'>>,
): Promise<void> => {
  const due = { attempts: 0, nextAttemptAt: frame.clock.now() };
  await manager.update(Incident, incidentId, { ...place, ...due });
};

const LAPSE_KEY = ['incident_id', 'member_id', 'unit', 'expires_on'] as const;

const isSamePlace = (one: IncidentRow, other: IncidentRow): boolean =>
  one.listedReward === other.listedReward &&
  one.listedMs === other.listedMs &&
  one.listedId === other.listedId;

async function writeAffected(
  writing: Writing,
  incidentId: string,
  affected: readonly Readonly<{ redemptionId: string; memberId: string }>[],
): Promise<void> {
  await writeMembers(writing, incidentId, affected);
  await insertRows(
    writing.manager,
    'rewards_incident_case',
    ['incident_id', 'redemption_id', 'member_id'],
    affected.map(({ redemptionId, memberId }) => [incidentId, redemptionId, memberId]),
  );
}

async function writeMembers(
  { manager, dialect }: Writing,
  incidentId: string,
  affected: readonly Readonly<{ memberId: string }>[],
): Promise<void> {
  const memberIds = [...new Set(affected.map(({ memberId }) => memberId))].sort();
  await insertRows(
    manager,
    'rewards_incident_member',
    ['incident_id', 'member_id', 'tries', 'key_number'],
    memberIds.map((memberId) => [incidentId, memberId, 0, 0]),
    { ending: dialect.onDuplicateKeep(['incident_id', 'member_id']) },
  );
}

async function finishList(
  { frame }: Hands,
  { manager }: Writing,
  incidentId: string,
): Promise<void> {
  const count = async (table: string): Promise<number> => {
    const [row] = await manager.query<{ n: unknown }[]>(
      `SELECT COUNT(*) AS n FROM ${table} WHERE incident_id = ?`,
      [incidentId],
    );
    return toSafeInteger(row?.n);
  };
  await manager.update(Incident, incidentId, {
    state: 'READY',
    members: await count('rewards_incident_member'),
    redemptions: await count('rewards_incident_case'),
    attempts: 0,
    nextAttemptAt: null,
  });
  frame.logger.info({ incidentId }, 'it is known whom an incident concerned');
}
