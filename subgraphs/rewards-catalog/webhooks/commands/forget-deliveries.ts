import { execute } from '../../../../shared/database/database.ts';
import { placeholders } from '../../../../shared/database/rows.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { forgottenBefore } from '../domain/patience.ts';

const AT_ONCE = 500;

/**
 * Forgets deliveries that are in the log for so many days, whatever became of them: what waits for a webhook that is
 * switched off expired long ago. It looks again while it deletes, so one that is replayed at this moment stays.
 */
export const forgetDeliveries = ({ database, clock }: Frame, logDays: number): Worker => ({
  name: 'webhook log',
  restMs: 60_000,
  async step() {
    const before = forgottenBefore(clock.now(), logDays).getTime();
    const old = await database.reader.query<{ id: string }[]>(
      `SELECT id FROM rewards_webhook_delivery WHERE expires_ms <= ?
       ORDER BY expires_ms LIMIT ${AT_ONCE}`,
      [before],
    );
    if (old.length === 0) return false;
    await database.transaction((manager) =>
      execute(
        manager,
        `DELETE FROM rewards_webhook_delivery
         WHERE id IN (${placeholders(old.length)}) AND expires_ms <= ?`,
        [...old.map(({ id }) => id), before],
      ),
    );
    return old.length === AT_ONCE;
  },
});
