import type { EntityManager } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import type { Dialect } from '../../../../shared/database/dialect.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { holdersOf } from '../queries/claim-holders.ts';

type Write = Readonly<{ manager: EntityManager; dialect: Dialect }>;

/** Held by nobody any more, and open to another act: the one that held it was recorded wrongly. */
export const FREED = 'freed';

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

/** What one act claims, also after another was recorded wrongly. Answers whether it holds it. */
export async function claimForAct(write: Write, claim: string, holder: string): Promise<boolean> {
  const holders = await claimAll(write, new Map([[claim, holder]]));
  if (holders.get(claim) !== FREED) return holders.get(claim) === holder;
  // The row is held until the transaction ends, so nobody takes it meanwhile.
  await write.manager.query('UPDATE green_claim SET holder = ? WHERE claim = ? AND holder = ?', [
    ...[holder, claim, FREED],
  ]);
  return true;
}

/** Lets what an act holds be claimed once more, by an act: an order that named it does not come back for it. */
export const freeClaim = async (
  { manager }: Pick<Work, 'manager'>,
  claim: string,
  holder: string,
): Promise<void> => {
  await manager.query('UPDATE green_claim SET holder = ? WHERE claim = ? AND holder = ?', [
    ...[FREED, claim, holder],
  ]);
};
