import { In } from 'typeorm';
import type { Frame } from '../../../../shared/graphql/context.ts';
import { PeerFailure } from '../../../../shared/graphql/peers.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { lockPurchases } from '../../commands/return-rows.ts';
import { waitsForCase } from '../domain/signs.ts';
import { VestingHold, type VestingHoldRow } from '../entities/vesting-hold.ts';
import { ledgerCases } from '../queries/ledger-cases.ts';
import { releaseEvents } from './decide-hold.ts';

const AT_ONCE = 100;
const WORKER = { requestId: 'merchants-vesting-holds', deadline: null };

/**
 * Has points vest when the published term of their hold is over, without anybody's doing. Where a case was opened in
 * time they wait until it is closed.
 */
export const heldReleaser = (frame: Frame): Worker => ({
  name: 'merchants releases held points',
  restMs: 60_000,
  async step() {
    const { database, clock } = frame;
    const due = await duePurchases(frame);
    if (due.length === 0) return false;
    const holds = await database.reader.findBy(VestingHold, { purchaseId: In(due) });
    const closed = await closedCases(
      frame,
      holds.filter((hold) => waitsForCase(hold, clock.now())),
    );
    const waits = (hold: VestingHoldRow) =>
      waitsForCase(hold, clock.now()) && !closed.has(hold.caseId ?? '');
    const waiting = new Set(holds.filter(waits).map(({ purchaseId }) => purchaseId));
    const free = due.filter((id) => !waiting.has(id));
    if (free.length > 0) await release(frame, free, waits);
    return due.length === AT_ONCE && free.length > 0;
  },
});

/** Locked and read once more: a case may have been linked meanwhile. */
function release(
  { database, clock }: Frame,
  purchaseIds: readonly string[],
  waits: (hold: VestingHoldRow) => boolean,
): Promise<void> {
  return database.transaction(async (manager) => {
    const at = clock.now();
    await lockPurchases({ manager, dialect: database.dialect }, purchaseIds);
    const holds = await manager.findBy(VestingHold, { purchaseId: In([...purchaseIds]) });
    const waiting = new Set(holds.filter(waits).map(({ purchaseId }) => purchaseId));
    await releaseEvents(
      { manager, at },
      purchaseIds.filter((id) => !waiting.has(id)),
    );
    for (const hold of holds) {
      if (hold.decision !== 'CASE' || waits(hold)) continue;
      await manager.update(VestingHold, hold.id, { caseClosedAt: at });
    }
  });
}

async function duePurchases({ database, clock }: Frame): Promise<string[]> {
  const rows = await database.reader.query<{ purchase_id: string }[]>(
    `SELECT purchase_id FROM merchants_purchase_event WHERE is_released = 0 AND released_ms <= ?
     GROUP BY purchase_id ORDER BY MIN(released_ms), purchase_id LIMIT ${AT_ONCE}`,
    [clock.now().getTime()],
  );
  return rows.map(({ purchase_id }) => purchase_id);
}

/** Which cases are closed; none while the ledger does not answer. */
async function closedCases(
  { peers, logger }: Frame,
  holds: readonly VestingHoldRow[],
): Promise<ReadonlySet<string>> {
  try {
    const members = holds.map(({ memberId }) => memberId);
    const cases = await ledgerCases(peers, members, WORKER);
    return new Set(cases.filter(({ outcome }) => outcome !== null).map(({ id }) => id));
  } catch (error) {
    if (!(error instanceof PeerFailure)) throw error;
    logger.warn({ error }, 'points wait on: whether their case is closed is not known');
    return new Set();
  }
}
