import type { EntityManager } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import type { Dialect } from '../../../../shared/database/dialect.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { holdersOf } from '../queries/claim-holders.ts';

type Write = Readonly<{ manager: EntityManager; dialect: Dialect }>;

/**
 * Claims, and answers who holds each: somebody else where somebody was faster. Who claims the same at the same time
 * waits here for the first.
 */
export async function claimAll(
  { manager, dialect }: Write,
  claims: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  // In the order of their names, so that two who claim several never wait for each other.
  const rows = [...claims].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await insertRows(manager, 'green_claim', ['claim', 'holder'], rows, {
    ending: dialect.onDuplicateKeep(['claim']),
  });
  return holdersOf(manager, [...claims.keys()]);
}

/** Lets what an act holds be claimed once more. */
export const freeClaim = async (
  { manager }: Pick<Work, 'manager'>,
  claim: string,
  holder: string,
): Promise<void> => {
  await manager.query('DELETE FROM green_claim WHERE claim = ? AND holder = ?', [claim, holder]);
};
