import { addressUnder } from '../../../shared/database/address.ts';
import { Database } from '../../../shared/database/database.ts';
import { rewardsCatalog } from '../../../subgraphs/rewards-catalog/subgraph.ts';
import type { World } from '../../support/world.ts';

/** Does something with the database of the catalogue, past the catalogue. */
export async function withCatalogue<Result>(
  { databaseUrl }: Pick<World, 'databaseUrl'>,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = await Database.open({
    address: addressUnder(databaseUrl, rewardsCatalog.name),
    entities: rewardsCatalog.entities,
    migrations: rewardsCatalog.migrations,
  });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
