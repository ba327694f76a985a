/**
 * A process that closes a cycle of clearing under a key and prints what it was answered; for
 * `clearing.test.ts`, which runs several at once.
 */
import { runCommand } from '../../shared/commands/run-command.ts';
import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import { newId } from '../../shared/identifiers.ts';
import { closeClearingCycle } from '../../subgraphs/points-ledger/clearing/commands/close-cycle.ts';
import { pointsLedger } from '../../subgraphs/points-ledger/subgraph.ts';
import { operator } from '../support/people.ts';

const [databaseUrl = '', idempotencyKey = ''] = process.argv.slice(2);
const { name, entities, migrations } = pointsLedger;
const database = await Database.open({
  address: addressUnder(databaseUrl, name),
  entities,
  migrations,
});
const frame = { database, clock: { now: () => new Date() }, newId, caller: operator };
console.log(JSON.stringify(await runCommand(frame, closeClearingCycle, { idempotencyKey })));
await database.close();
