import type { Clock } from '../../shared/clock.ts';
import { execute } from '../../shared/database/database.ts';
import type { Frame } from '../../shared/graphql/context.ts';
import { toSafeInteger } from '../../shared/quantities.ts';
import { restAfter } from './domain/redemption.ts';

/** Tables of durable work: each row has an id, how often it was taken up, and when it is due again. */
export type WorkTable = 'rewards_redemption' | 'rewards_return' | 'rewards_joint';

/** How long it takes to answer that something goes on. */
const MARGIN_MS = 500;

/** Null when nobody would wait for the answer any longer. The work itself goes on. */
export async function before<T>(
  deadline: number | null,
  clock: Clock,
  work: Promise<T>,
): Promise<T | null> {
  if (deadline === null) return work;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    const ms = deadline - MARGIN_MS - clock.now().getTime();
    timer = setTimeout(resolve, Math.max(ms, 0), null);
  });
  // A failure after that is found again by the worker.
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** The request gives up: the worker may start at once. */
export async function leaveToWorker(
  { database, clock }: Frame,
  table: WorkTable,
  id: string,
): Promise<void> {
  await database.transaction((manager) =>
    execute(
      manager,
      `UPDATE ${table} SET next_attempt_ms = ?
       WHERE id = ? AND next_attempt_ms IS NOT NULL`,
      [clock.now().getTime(), id],
    ),
  );
}

const AT_ONCE_MAX = 20;

/** Takes up what is due. True when some came to an end and there may be more. */
export async function workOff(
  frame: Frame,
  table: WorkTable,
  drive: (id: string) => Promise<unknown>,
): Promise<boolean> {
  type Due = Record<'id' | 'attempts' | 'next_attempt_ms', string>;
  const due = await frame.database.reader.query<Due[]>(
    `SELECT id, attempts, next_attempt_ms FROM ${table}
     WHERE next_attempt_ms <= ? ORDER BY next_attempt_ms, id LIMIT ${AT_ONCE_MAX}`,
    [frame.clock.now().getTime()],
  );
  let finished = 0;
  for (const { id, attempts, next_attempt_ms } of due) {
    if (!(await claim(frame, table, id, toSafeInteger(attempts), toSafeInteger(next_attempt_ms))))
      continue;
    try {
      await drive(id);
      finished += 1;
    } catch (error) {
      // The next attempt is fixed already, and one that cannot go on must not stop the others.
      frame.logger.warn({ table, id, error }, 'what is due is tried again later');
    }
  }
  return finished > 0;
}

/**
 * Of several workers one gets the row. The claim sets the time of the next attempt, so it ends
 * by itself when the worker dies, and attempts grow rarer.
 */
async function claim(
  { database, clock }: Frame,
  table: WorkTable,
  id: string,
  attempts: number,
  dueMs: number,
): Promise<boolean> {
  const next = clock.now().getTime() + restAfter(attempts);
  const claimed = await database.transaction((manager) =>
    execute(
      manager,
      `UPDATE ${table} SET attempts = attempts + 1, next_attempt_ms = ?
       WHERE id = ? AND next_attempt_ms = ?`,
      [next, id, dueMs],
    ),
  );
  return claimed === 1;
}
