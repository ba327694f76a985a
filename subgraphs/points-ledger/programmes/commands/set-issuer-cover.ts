import { assert } from '../../../../shared/assert.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { checkKey, type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';
import { checkUnit } from '../../commands/check-unit.ts';
import { sumOpen } from '../../ledger/covers.ts';
import { readHead } from '../../ledger/run-batch.ts';
import type { SetIssuerCoverInput } from '../../schema.generated.ts';
import { addVersion, readCover } from './cover-versions.ts';
import { settleIssuer, sumSettled } from './settle-covers.ts';

export type IssuerCoverSet = Readonly<{ kind: 'IssuerCoverSet'; issuerId: string; unit: string }>;

const ID_MAX = 64;

/**
 * Says how many points of a unit an issuer may have open: what it has paid for in advance, or what its
 * guarantee reaches for. When it has more open already, it issues none until enough is redeemed.
 *
 * The first time, what is open is added up from the journal: the older part while the books go on, the rest
 * under the lock of the chain's head, so that no entry is counted twice or not at all.
 */
export async function setIssuerCover(
  work: Work,
  { issuerId, unit, points }: SetIssuerCoverInput,
): Promise<IssuerCoverSet | InvalidInput> {
  const wrong = checkKey('issuerId', issuerId, ID_MAX) ?? checkUnit('unit', unit);
  if (wrong !== null) return wrong;
  if (points < 0) return invalidInput('COVER_NEGATIVE', 'points');
  const { manager, dialect, at } = work;
  const known = await readHead(manager);
  const upTo = known === null ? 0 : known.nextSeq - 1;
  const isFirst = (await readCover(manager, issuerId, unit)) === null;
  const sumOlder = () => sumOpen(manager, issuerId, { from: 1, to: upTo });
  const older = isFirst ? await sumOlder() : null;
  const head = await readHead(manager, dialect.forUpdate);
  assert(head !== null, 'the migration makes the head of the chain');
  // The head is locked before a cover, as by every batch; and nobody makes one meanwhile.
  const before = await readCover(manager, issuerId, unit, dialect.forUpdate);

  // From here on the command must succeed.
  const version = await addVersion(work, { issuerId, unit, covered: points });
  if (before === null) {
    const newer = await sumOpen(manager, issuerId, { from: upTo + 1, to: head.nextSeq - 1 });
    const settled = await settledBefore(work, issuerId, unit);
    // Where one was taken away meanwhile, the older part was not added up yet.
    const before = older ?? (await sumOlder());
    const open = (before.get(unit) ?? 0) + (newer.get(unit) ?? 0) - settled;
    await insertRows(
      manager,
      'points_cover',
      ['issuer_id', 'unit', 'version', 'covered', 'open_points'],
      [[issuerId, unit, version, points, open]],
    );
    await execute(manager, 'UPDATE points_chain_head SET covers = covers + 1 WHERE shard = 0');
  } else {
    await execute(
      manager,
      'UPDATE points_cover SET version = ?, covered = ? WHERE issuer_id = ? AND unit = ?',
      [version, points, issuerId, unit],
    );
  }
  await settleIssuer(work, issuerId, at);
  return { kind: 'IssuerCoverSet', issuerId, unit };
}

/** What was paid in cycles that were counted already, for the cover of another unit. */
async function settledBefore({ manager }: Work, issuerId: string, unit: string): Promise<number> {
  const rows = await manager.query<Record<string, string>[]>(
    'SELECT cycle_id FROM points_cover_settled WHERE issuer_id = ?',
    [issuerId],
  );
  const cycleIds = rows.map((row) => String(row.cycle_id));
  return (await sumSettled(manager, issuerId, cycleIds)).get(unit) ?? 0;
}
