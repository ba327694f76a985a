/**
 * A process of the ledger that runs expiry and notices on books at a fixed instant, in pages of two, and
 * says so after each step; for `expiry-killed.test.ts`, which kills it. Ends when nothing is left to do.
 */
import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import { expireLots } from '../../subgraphs/points-ledger/commands/expire-lots.ts';
import { giveExpiryNotices } from '../../subgraphs/points-ledger/commands/give-expiry-notices.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { pointsLedger } from '../../subgraphs/points-ledger/subgraph.ts';
import { TestClock } from '../support/people.ts';

const [databaseUrl = '', at = ''] = process.argv.slice(2);
const { name, entities, migrations } = pointsLedger;
const database = await Database.open({
  address: addressUnder(databaseUrl, name),
  entities,
  migrations,
});
const frame = { database, clock: new TestClock(at), newId, logger: createLogger('silent') };
const workers = [
  expireLots(frame, createLedger(frame), { page: 2 }),
  giveExpiryNotices(frame, { page: 2 }),
];
for (let mayBeMore = true; mayBeMore; ) {
  mayBeMore = false;
  for (const worker of workers) mayBeMore = (await worker.step()) || mayBeMore;
  console.log('step');
}
await database.close();
