/**
 * Proves the books of the ledger from its journal alone, or an entry from its proof, and says what is
 * wrong: `npm run verify`. Ends with 0 when all is in order, else with 1.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ownConfig } from '../shared/config.ts';
import { addressUnder } from '../shared/database/address.ts';
import { Database } from '../shared/database/database.ts';
import { readHead } from './points-ledger/ledger/run-batch.ts';
import { checkProof } from './points-ledger/proof/entry-proofs.ts';
import { type Verifier, verifierOf } from './points-ledger/proof/note.ts';
import { verifyBooks } from './points-ledger/queries/verify-books.ts';
import { pointsLedger } from './points-ledger/subgraph.ts';

const USAGE = `Usage: npm run verify [-- options]

  (nothing)                  the books in the database, while nobody posts to them
  --proof FILE --key KEY     an entry from its proof, without any database

  --key KEY   the key of who signs the checkpoints, NAME+ID+BASE64, or a file with it`;

const options = {
  proof: { type: 'string' },
  key: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<0 | 1> {
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (values.proof !== undefined) return verifyProof(values.proof, values.key);
  return verifyDatabase(ownConfig().TONGDUI_DATABASE_URL);
}

function verifyProof(file: string, key: string | undefined): 0 {
  if (key === undefined) throw new Error(`A proof needs the key of who signed it.\n\n${USAGE}`);
  const { seq, height, blocks, entry } = checkProof(readFileSync(file, 'utf8'), verifierFrom(key));
  console.log(`entry ${seq} is in block ${height} of ${blocks} that were signed:\n${entry}`);
  return 0;
}

/** From the words themselves, or from a file. */
function verifierFrom(key: string): Verifier {
  return verifierOf(key.includes('+') ? key : readFileSync(key, 'utf8'));
}

async function verifyDatabase(url: string): Promise<0 | 1> {
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
