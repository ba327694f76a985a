/**
 * A process of the ledger as in production, workers included, for `racer.ts`, which kills it. It reads
 * lines `{"id", "indices"}` from standard input, posts these commands of the list, and answers each
 * line with `{"id", "outcomes"}`, or `{"id", "error"}` when the database is away.
 */
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import { assert } from '../../../shared/assert.ts';
import { addressUnder } from '../../../shared/database/address.ts';
import { Database } from '../../../shared/database/database.ts';
import { isConnectionLost } from '../../../shared/database/errors.ts';
import { peersOf } from '../../../shared/graphql/peers.ts';
import { newId } from '../../../shared/identifiers.ts';
import { createLogger } from '../../../shared/logger.ts';
import { startWorkers } from '../../../shared/workers.ts';
import { pointsLedger } from '../../../subgraphs/points-ledger/subgraph.ts';
import { randomRequests } from './random-requests.ts';
import { clockSince } from './terms.ts';

const [databaseUrl = '', seed, count, startedMs, skewMs] = process.argv.slice(2);
const requests = randomRequests(Number(seed), Number(count));
const clock = clockSince(Number(startedMs), Number(skewMs));
const logger = createLogger('silent');
const { name, entities, migrations } = pointsLedger;
const address = addressUnder(databaseUrl, name);
const database = await Database.open({ address, entities, migrations }).catch((error: unknown) => {
  // It was killed at this moment: whoever watches over us starts us again.
  if (isConnectionLost(error)) process.exit(1);
  throw error;
});
const frame = {
  ...{ database, clock, newId, logger, keys: { cursor: '', personal: '' } },
  peers: peersOf(name, () => Promise.reject(new Error('the ledger is alone'))),
};
const services = pointsLedger.services?.(frame);
assert(services !== undefined, 'the ledger has a queue');
const { ledger } = services;
flushCompileCache();
startWorkers(pointsLedger.workers?.(frame, services) ?? [], logger);

async function post(id: number, indices: readonly number[]): Promise<void> {
  const asked = indices.flatMap((index) => requests[index] ?? []);
  const answer = await ledger.post(asked).then(
    (outcomes) => ({ id, outcomes }),
    (error: unknown) => ({ id, error: String(error) }),
  );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, indices } = JSON.parse(line);
  void post(id, indices);
}
process.exit();
