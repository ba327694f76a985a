import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import { verifyBooks } from '../../subgraphs/points-ledger/queries/verify-books.ts';
import { pointsLedger } from '../../subgraphs/points-ledger/subgraph.ts';
import type { World } from '../support/world.ts';

/** How many of a reward are left. */
export async function stockOf(world: World, rewardId: string): Promise<number | null> {
  const { reward } = await world.data('query ($id: ID!) { reward(id: $id) { stock } }', {
    id: rewardId,
  });
  return reward.stock;
}

/** A merchant's id and a member's with so many alliance points. */
export async function memberWithPoints(
  world: World,
  points: number,
): Promise<{ merchantId: string; memberId: string }> {
  const [merchantId, memberId] = [await world.merchant(), await world.member()];
  if (points > 0) await world.purchase({ merchantId, memberId, amountMinor: points * 100 });
  return { merchantId, memberId };
}

/** What is wrong with the books, from the first entry to the last: nothing when all is well. */
export const problemsOfBooks = (world: World): Promise<string[]> =>
  withBooks(world, ({ reader }) => verifyBooks(reader, { clock: world.clock }));

/** Does something with the database of the ledger, past the ledger. */
export async function withBooks<Result>(
  { databaseUrl }: Pick<World, 'databaseUrl'>,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = await Database.open({
    address: addressUnder(databaseUrl, pointsLedger.name),
    entities: pointsLedger.entities,
    migrations: pointsLedger.migrations,
  });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
