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

/**
 * All that one act claims, also after another was recorded wrongly, or nothing of it. Null: it holds all; else what somebody else
 * holds.
 */
export async function claimForAct(
  write: Write,
  claims: readonly string[],
  holder: string,
): Promise<string | null> {
  const holders = await claimAll(write, new Map(claims.map((claim) => [claim, holder])));
  const lost = claims.find((claim) => ![holder, FREED].includes(holders.get(claim) ?? ''));
  // The rows are held until the transaction ends, so nobody takes them meanwhile.
  const [from, to] = lost === undefined ? [FREED, holder] : [holder, FREED];
  for (const claim of claims.filter((one) => holders.get(one) === from)) {
    await handOver(write, claim, { from, to });
  }
  return lost ?? null;
}

const handOver = async (
  { manager }: Pick<Write, 'manager'>,
  claim: string,
  { from, to }: Readonly<{ from: string; to: string }>,
): Promise<void> => {
  await manager.query('UPDATE green_claim SET holder = ? WHERE claim = ? AND holder = ?', [
    ...[to, claim, from],
  ]);
};

/** Lets what an act holds be claimed once more, by an act: an order that named it does not come back for it. */
export const freeClaim = (
  work: Pick<Work, 'manager'>,
  claim: string,
  holder: string,
): Promise<void> => handOver(work, claim, { from: holder, to: FREED });
