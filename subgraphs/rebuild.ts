/**
 * Makes the books again from nothing but the journal, in an empty database: `npm run rebuild`. The journal
 * comes from another database or from an export.
 */
import { parseArgs } from 'node:util';
import type { EntityManager } from 'typeorm';
import { ownConfig } from '../shared/config.ts';
import { addressUnder } from '../shared/database/address.ts';
import { Database } from '../shared/database/database.ts';
import { readHead } from './points-ledger/ledger/run-batch.ts';
import { foundBlock, journalBlocks } from './points-ledger/proof/read-blocks.ts';
import { exportedBlocks, findExport } from './points-ledger/proof/read-export.ts';
import { copyRest, type Rebuilt, rebuildBooks } from './points-ledger/proof/rebuild.ts';
import { verifyBooks } from './points-ledger/queries/verify-books.ts';
import { pointsLedger } from './points-ledger/subgraph.ts';
import { progressBar } from './progress.ts';

const USAGE = `Usage: npm run rebuild -- --into URL [--from FOLDER ...]

  --into URL      where to, in the form of TONGDUI_DATABASE_URL: a place without books
  --from FOLDER   from an export, and further ones that go on from it; else from the database of
                  TONGDUI_DATABASE_URL as it is at the beginning, while others may go on posting; and then
                  what does not follow from the journal is copied too`;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<0 | 1> {
  const { values } = parseArgs({
    options: {
      into: { type: 'string' },
      from: { type: 'string', multiple: true },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (values.into === undefined) throw new Error(USAGE);
  // First where they come from: when that is not there, nothing is made.
  await using source =
    values.from === undefined
      ? await open(ownConfig().TONGDUI_DATABASE_URL, { mustExist: true })
      : null;
  await using into = await open(values.into, { mustExist: false });
  const rebuilt =
    source === null ? await fromExport(values.from ?? [], into) : await fromDatabase(source, into);
  const problems = [...rebuilt.problems];
  if (problems.length === 0) problems.push(...(await verifyBooks(into.reader)));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) return 1;
  const { entries, blocks } = rebuilt;
  console.log(`${entries} entries in ${blocks} blocks: the books are made again, and in order`);
  return 0;
}

async function fromDatabase(from: Database, into: Database): Promise<Rebuilt> {
  // As it is at the beginning: what others post meanwhile is in neither the journal nor the rest.
  return from.snapshot(async (reader) => {
    const total = Math.max(1, ((await readHead(reader))?.nextSeq ?? 1) - 1);
    const bar = progressBar(process.stderr, 'entries');
    const rebuilt = await rebuildBooks(into, blocksOf(reader), ({ entries }) =>
      bar.show(entries / total, entries),
    ).finally(bar.end);
    if (rebuilt.problems.length === 0) await copyRest(reader, into);
    return rebuilt;
  });
}

async function* blocksOf(reader: EntityManager) {
  for await (const block of journalBlocks(reader, 0)) yield foundBlock(block);
}

async function fromExport(folders: readonly string[], into: Database): Promise<Rebuilt> {
  const { files, bytes } = await findExport(folders);
  const bar = progressBar(process.stderr, 'entries');
  let read = 0;
  async function* blocks() {
    for await (const block of exportedBlocks(files.map(({ path }) => path))) {
      read = block.bytes;
      yield block;
    }
  }
  return rebuildBooks(into, blocks(), ({ entries }) => bar.show(read / bytes, entries)).finally(
    bar.end,
  );
}

async function open(url: string, { mustExist }: Readonly<{ mustExist: boolean }>) {
  const { name, entities, migrations } = pointsLedger;
  const address = addressUnder(url, name);
  const database = await Database.open({ address, entities, migrations, mustExist });
  return Object.assign(database, { [Symbol.asyncDispose]: () => database.close() });
}
