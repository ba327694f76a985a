import {
  addDays,
  type Day,
  dayOf,
  daysBetween,
  isoDay,
  parseIsoDay,
} from '../../../../shared/calendar.ts';
import { execute } from '../../../../shared/database/database.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Worker } from '../../../../shared/workers.ts';
import type { PointsCommand } from '../../domain/points-command.ts';
import { mayKeepPromise } from '../domain/issuing.ts';
import { readStandings } from '../queries/standings.ts';

const AT_ONCE = 500;

/**
 * Lets points that are owed go to the ledger once their issuer is qualified again. What they waited is added
 * to their life.
 */
export const owedReleaser = (frame: Frame): Worker => ({
  name: 'merchants releases owed points',
  restMs: 1_000,
  async step() {
    const { database, clock } = frame;
    const rows = await database.reader.query<{ owed_by: string }[]>(
      `SELECT DISTINCT owed_by FROM merchants_posting
       WHERE owed_by IS NOT NULL AND state = 'WAITING'`,
    );
    const standings = await readStandings(
      database.reader,
      rows.map(({ owed_by }) => owed_by),
    );
    let released = 0;
    for (const standing of standings.values()) {
      if (mayKeepPromise(standing, clock.now())) {
        released += await release(frame, standing.merchantId);
      }
    }
    return released > 0;
  },
});

/** Of two processes that release the same the second waits, and finds nothing left. */
function release({ database, clock }: Frame, issuerId: string): Promise<number> {
  return database.transaction(async (manager) => {
    const now = clock.now();
    type Owed = { posting_key: string; command: string; recorded_ms: unknown };
    const rows = await manager.query<Owed[]>(
      `SELECT posting_key, command, recorded_ms FROM merchants_posting
       WHERE owed_by = ? AND state = 'WAITING' ORDER BY posting_key
       LIMIT ${AT_ONCE} ${database.dialect.forUpdate}`,
      [issuerId],
    );
    for (const { posting_key, command, recorded_ms } of rows) {
      const waited = daysBetween(dayOf(new Date(toSafeInteger(recorded_ms))), dayOf(now));
      await execute(
        manager,
        `UPDATE merchants_posting SET owed_by = NULL, command = ?, waited_days = ?, next_attempt_ms = ?
         WHERE posting_key = ?`,
        [
          JSON.stringify(later(JSON.parse(command), waited, dayOf(now))),
          waited,
          now.getTime(),
          posting_key,
        ],
      );
    }
    return rows.length;
  });
}

/** What they waited is added to their life; what they were to wait for meanwhile is over. */
function later(command: PointsCommand, days: number, today: Day): PointsCommand {
  const { expiresOn, vestsOn, ...rest } = command;
  return {
    ...rest,
    ...(vestsOn !== undefined && parseIsoDay(vestsOn) > today && { vestsOn }),
    ...(expiresOn !== undefined && { expiresOn: expiresOn && dayAfter(expiresOn, days) }),
  };
}

const dayAfter = (day: string, days: number): string => isoDay(addDays(parseIsoDay(day), days));
