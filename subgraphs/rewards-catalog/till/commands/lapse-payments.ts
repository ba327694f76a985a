import { execute } from '../../../../shared/database/database.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { BillOffset } from '../entities/bill-offset.ts';
import { tillStanding } from '../queries/ask-peers.ts';
import { undoNow, whyNotUndone } from './undo-payment.ts';

const AT_ONCE_MAX = 20;
/** What could not be decided is looked at again so much later. */
const AGAIN_MS = 15 * 60 * 1000;

/** Gives back the points of orders that nobody recorded in time. */
export const lapsePayments = (frame: Frame): Worker => ({
  name: 'points-payments',
  restMs: 60_000,
  step: async () => {
    const due = await frame.database.reader.query<{ redemption_id: string }[]>(
      `SELECT redemption_id FROM rewards_bill_offset
       WHERE lapses_ms <= ? ORDER BY lapses_ms, redemption_id LIMIT ${AT_ONCE_MAX}`,
      [frame.clock.now().getTime()],
    );
    for (const { redemption_id } of due) await lapse(frame, redemption_id);
    return due.length === AT_ONCE_MAX;
  },
});

async function lapse(frame: Frame, redemptionId: string): Promise<void> {
  const { database, peers, clock } = frame;
  const offset = await database.reader.findOneByOrFail(BillOffset, { redemptionId });
  // The feed may be behind: merchants has the last word.
  const till = await tillStanding({ peers }, offset, null);
  const at = clock.now();
  await database.transaction(async (manager) => {
    const work = { manager, dialect: database.dialect, at };
    const no = await whyNotUndone(work, redemptionId, till);
    if (no === null) return undoNow(work, redemptionId, 'PAYMENT_LAPSED', 0);
    await execute(
      manager,
      `UPDATE rewards_bill_offset SET lapses_ms = ?
       WHERE redemption_id = ? AND lapses_ms IS NOT NULL`,
      [at.getTime() + AGAIN_MS, redemptionId],
    );
  });
}
