import { execute } from '../../../../shared/database/database.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { canonicalJson, sha256 } from '../../../../shared/identifiers.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { driveEach } from '../../cases/commands/drive-cases.ts';
import type { Merge } from '../../domain/command.ts';
import type { Ledger } from '../../ledger/create-ledger.ts';
import type { BatchFrame } from '../../ledger/run-batch.ts';
import { type MergeRow, PointsMerge } from '../entities/merge.ts';

const PAGE = 100;

/**
 * Has the books make accounts one that a second person approved, then writes down what came of it, with the event
 * for others. The key is made from the merge, so whoever is killed anywhere between: the next one goes on from
 * there, and it is done and told of once.
 */
export async function driveMerge(
  { database, clock }: BatchFrame,
  ledger: Ledger,
  id: string,
): Promise<void> {
  const found = await database.reader.findOneBy(PointsMerge, { id });
  if (found?.state !== 'APPROVED') return;
  const { walletId, intoId } = found;
  const command = commandOf(found);
  const requestHash = sha256(canonicalJson(command));
  const [outcome] = await ledger.post([
    { scope: 'service:points-ledger', key: `merge:${id}`, requestHash, command },
  ]);
  // What failed for no reason of its own is tried again by the worker.
  if (outcome === undefined || outcome.status === 'FAILED') return;
  const { entryId, code, debt } = outcome;
  await database.transaction(async (manager) => {
    const matched = await execute(
      manager,
      `UPDATE points_merge SET state = ?, entry_id = ?, refusal = ?
       WHERE id = ? AND state = 'APPROVED'`,
      [entryId === null ? 'REFUSED' : 'BOOKED', entryId, code, id],
    );
    // Otherwise another process was faster, and has told of it.
    if (matched === 0 || entryId === null) return;
    const payload = { mergeId: id, walletId, intoId, entryId, debt };
    await appendEvents(manager, clock.now(), [{ kind: 'points.merged', payload }]);
  });
}

const commandOf = ({ id, walletId, intoId }: MergeRow): Merge => ({
  kind: 'MERGE',
  walletId,
  counterWalletId: intoId,
  causeKind: 'MERGE',
  causeId: id,
  ruleVersion: null,
});

/** Goes on with merges that a crash left. */
export function bookMerges(frame: BatchFrame, ledger: Ledger): Worker {
  async function step(): Promise<boolean> {
    const begun = await frame.database.reader.find(PointsMerge, {
      select: { id: true },
      where: { state: 'APPROVED' },
      order: { id: 'ASC' },
      take: PAGE,
    });
    await driveEach(begun, (id) => driveMerge(frame, ledger, id));
    return false;
  }
  return { name: 'approved merges are booked', restMs: 5_000, step };
}
