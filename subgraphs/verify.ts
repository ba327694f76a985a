/**
 * Proves the books of the ledger from its journal alone, or an entry from its proof, and says what is
 * wrong: `npm run verify`. Ends with 0 when all is in order, else with 1.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Config, ownConfig } from '../shared/config.ts';
import { addressUnder } from '../shared/database/address.ts';
import { Database } from '../shared/database/database.ts';
import { checkpointFolder } from './keys.ts';
import { readHead } from './points-ledger/ledger/run-batch.ts';
import { allNotes, notesIn } from './points-ledger/proof/checkpoint-files.ts';
import { checkProof } from './points-ledger/proof/entry-proofs.ts';
import { type Verifier, verifierOf } from './points-ledger/proof/note.ts';
import { verifyExport } from './points-ledger/proof/verify-export.ts';
import { verifyBooks } from './points-ledger/queries/verify-books.ts';
import { pointsLedger } from './points-ledger/subgraph.ts';
import { progressBar } from './progress.ts';

const USAGE = `Usage: npm run verify [-- options]

  (nothing)                the books in the database as they are now, while others go on posting
  --from FOLDER            an export, without any database; may be given several times, for archives
                           and what comes after them
  --proof FILE --key KEY   an entry from its proof, without any database

  --checkpoint FILE        checkpoints that were kept elsewhere; the books must hold what they say
  --key KEY                the key of who signed them, NAME+ID+BASE64, or a file with it`;

const options = {
  from: { type: 'string', multiple: true },
  proof: { type: 'string' },
  checkpoint: { type: 'string', multiple: true },
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
  const verifier = values.key === undefined ? null : verifierFrom(values.key);
  if (values.proof !== undefined) return tellProof(values.proof, verifier);
  const notes = (values.checkpoint ?? []).flatMap((file) => notesFrom(file));
  if (values.from !== undefined) return tellExport(values.from, notes, verifier);
  return tellDatabase(ownConfig(), notes, verifier);
}

/** Of a file with one or many: an empty one is a mistake. */
function notesFrom(file: string): string[] {
  const notes = notesIn(readFileSync(file, 'utf8'));
  if (notes.length === 0) throw new Error(`${file} holds no checkpoint`);
  return notes;
}

async function tellExport(
  folders: readonly string[],
  notes: readonly string[],
  verifier: Verifier | null,
): Promise<0 | 1> {
  const bar = progressBar(process.stderr, 'entries');
  const onProgress = (done: { share: number; entries: number }) =>
    bar.show(done.share, done.entries);
  const found = await verifyExport({ folders, notes, verifier, onProgress }).finally(bar.end);
  for (const problem of found.problems) console.error(problem);
  if (found.problems.length > 0) return 1;
  const { entries, blocks, signed } = found;
  console.log(
    `${entries} entries in ${blocks} blocks, ${signed} of them signed: the books are in order`,
  );
  if (verifier === null) console.log('Who signed them was not checked: give --key.');
  return 0;
}

function tellProof(file: string, verifier: Verifier | null): 0 {
  if (verifier === null) throw new Error(`A proof needs the key of who signed it.\n\n${USAGE}`);
  const { seq, height, blocks, entry } = checkProof(readFileSync(file, 'utf8'), verifier);
  console.log(`entry ${seq} is in block ${height} of ${blocks} that were signed:\n${entry}`);
  return 0;
}

/** From the words themselves, or from a file. */
function verifierFrom(key: string): Verifier {
  return verifierOf(key.includes('+') ? key : readFileSync(key, 'utf8'));
}

async function tellDatabase(
  config: Config,
  given: readonly string[],
  verifier: Verifier | null,
): Promise<0 | 1> {
  const { name, entities, migrations } = pointsLedger;
  const address = addressUnder(config.TONGDUI_DATABASE_URL, name);
  const database = await Database.open({ address, entities, migrations, mustExist: true });
  const bar = progressBar(process.stderr, 'entries');
  try {
    const notes = [...given, ...(await Array.fromAsync(allNotes(checkpointFolder(config))))];
    const { problems, entries, blocks } = await database.snapshot(async (reader) => {
      const head = await readHead(reader);
      const total = (head?.nextSeq ?? 1) - 1;
      const onProgress = (done: { entries: number }) =>
        bar.show(done.entries / Math.max(1, total), done.entries);
      const found = await verifyBooks(reader, { notes, verifier, onProgress });
      return { problems: found, entries: total, blocks: head?.height ?? 0 };
    });
    bar.end();
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) return 1;
    // The head is proven by now: it says how much there is.
    console.log(`${entries} entries in ${blocks} blocks: the books are in order`);
    return 0;
  } finally {
    bar.end();
    await database.close();
  }
}
