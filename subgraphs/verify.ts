/**
 * Proves the books of the ledger from its journal alone, and says what is wrong: `npm run verify`.
 * For books that nobody posts to meanwhile. Ends with 0 when they are in order, else with 1.
 */
import { ownConfig } from '../shared/config.ts';
import { addressUnder } from '../shared/database/address.ts';
import { Database } from '../shared/database/database.ts';
import { readHead } from './points-ledger/ledger/run-batch.ts';
import { verifyBooks } from './points-ledger/queries/verify-books.ts';
import { pointsLedger } from './points-ledger/subgraph.ts';

try {
  process.exitCode = await verify(ownConfig().TONGDUI_DATABASE_URL);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function verify(url: string): Promise<0 | 1> {
  const { name, entities, migrations } = pointsLedger;
  const database = await Database.open({ address: addressUnder(url, name), entities, migrations });
  try {
    const problems = await verifyBooks(database.reader);
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) return 1;
    // The head is proven by now: it says how much there is.
    const head = await readHead(database.reader);
    const [entries, blocks] = [(head?.nextSeq ?? 1) - 1, head?.height ?? 0];
    console.log(`${entries} entries in ${blocks} blocks: the books are in order`);
    return 0;
  } finally {
    await database.close();
  }
}
