import { assert } from '../../../../shared/assert.ts';
import { execute } from '../../../../shared/database/database.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { restAfter } from '../../domain/redemption.ts';
import { Incident, type IncidentRow } from '../entities/incident.ts';
import { extendLapses } from './extend-lapses.ts';
import { giveBonus } from './give-bonus.ts';
import type { Hands } from './hands.ts';
import { listAffected, listLapses } from './list-affected.ts';
import { mendVouchers } from './mend-vouchers.ts';

/**
 * Works incidents off, a page at a time: finds out whom they concerned, and gives what was approved. A page that is
 * done says so in its own transaction, so whoever is stopped between goes on behind it.
 */
export const incidentWorker = (hands: Hands): Worker => ({
  name: 'incidents',
  restMs: 1_000,
  async step() {
    const { database, clock, logger } = hands.frame;
    type Due = Readonly<Record<'id' | 'attempts' | 'next_attempt_ms', string>>;
    const [due] = await database.reader.query<Due[]>(
      `SELECT id, attempts, next_attempt_ms FROM rewards_incident
       WHERE next_attempt_ms <= ? ORDER BY next_attempt_ms, id LIMIT 1`,
      [clock.now().getTime()],
    );
    if (due === undefined || !(await claim(hands, due))) return due !== undefined;
    try {
      await workOn(hands, await database.reader.findOneByOrFail(Incident, { id: due.id }));
    } catch (error) {
      // The next attempt is fixed already, and one that cannot go on must not stop the others.
      logger.warn({ incidentId: due.id, error }, 'an incident is tried again later');
    }
    return true;
  },
});

async function workOn(hands: Hands, incident: IncidentRow): Promise<void> {
  const { state, remedy } = incident;
  if (state === 'LISTING') {
    return incident.lapsePosition === null
      ? listAffected(hands, incident)
      : listLapses(hands, incident);
  }
  if (state !== 'APPLYING') return;
  assert(remedy !== null, 'what is given was proposed');
  if (remedy.kind === 'BONUS') return giveBonus(hands, incident, remedy);
  if (remedy.kind === 'EXTEND' && (await extendLapses(hands, incident, remedy))) return;
  return mendVouchers(hands, incident, remedy);
}

/** Of several workers one gets it. A claim sets the next attempt, so it ends by itself when its worker dies. */
async function claim(
  { frame: { database, clock } }: Hands,
  due: Readonly<{ id: string; attempts: string; next_attempt_ms: string }>,
): Promise<boolean> {
  const next = clock.now().getTime() + restAfter(toSafeInteger(due.attempts));
  const claimed = await database.transaction((manager) =>
    execute(
      manager,
      `UPDATE rewards_incident SET attempts = attempts + 1, next_attempt_ms = ?
       WHERE id = ? AND next_attempt_ms = ?`,
      [next, due.id, toSafeInteger(due.next_attempt_ms)],
    ),
  );
  return claimed === 1;
}
