/**
 * Writes the journal of the ledger into a folder, with a checkpoint that is signed over it, for
 * `npm run verify -- --from`: `npm run export -- FOLDER`. May run while others post.
 */
import { parseArgs } from 'node:util';
import { ownConfig } from '../shared/config.ts';
import { addressUnder } from '../shared/database/address.ts';
import { Database } from '../shared/database/database.ts';
import { keysOf } from './keys.ts';
import { createCheckpoints } from './points-ledger/proof/checkpoints.ts';
import { exportJournal } from './points-ledger/proof/export-journal.ts';
import { pointsLedger } from './points-ledger/subgraph.ts';
import { progressBar } from './progress.ts';

const USAGE = `Usage: npm run export -- FOLDER [--blocks FROM-TO]

  FOLDER             where to: it is made, or is empty
  --blocks FROM-TO   only these blocks, such as 1-5000; else all that there are`;

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { blocks: { type: 'string' }, help: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [folder, ...others] = positionals;
  if (values.help) return console.log(USAGE);
  if (folder === undefined || others.length > 0) throw new Error(USAGE);
  const range = values.blocks === undefined ? null : rangeOf(values.blocks);
  const config = ownConfig();
  const { name, entities, migrations } = pointsLedger;
  const address = addressUnder(config.TONGDUI_DATABASE_URL, name);
  const database = await Database.open({ address, entities, migrations, mustExist: true });
  try {
    const { checkpoint } = keysOf(config);
    if (checkpoint === undefined) throw new Error('Exporting needs TONGDUI_CHECKPOINT_KEY.');
    const { make, makeOver, verifierKey } = createCheckpoints({ database }, checkpoint);
    const blocks = (await make())?.blocks ?? 0;
    const { from, to } = range ?? { from: 1, to: blocks };
    if (blocks === 0) throw new Error('Nothing is booked yet: there is nothing to export.');
    if (to > blocks) throw new Error(`There are ${blocks} blocks.`);
    const bar = progressBar(process.stderr, 'entries');
    const done = await exportJournal(database.reader, {
      ...{ folder, from, to, verifierKey },
      note: await makeOver(to),
      onProgress: (soFar) => bar.show(soFar.blocks / (to - from + 1), soFar.entries),
    });
    bar.end();
    console.log(
      `${done.entries} entries of blocks ${from} to ${to} in ${done.files} files: ${folder}\n` +
        `To check it: npm run verify -- --from ${folder} --key ${verifierKey}`,
    );
  } finally {
    await database.close();
  }
}

function rangeOf(text: string): Readonly<{ from: number; to: number }> {
  const [, from, to] = /^([1-9]\d{0,14})-([1-9]\d{0,14})$/.exec(text) ?? [];
  const range = { from: Number(from), to: Number(to) };
  if (from === undefined || range.from > range.to) throw new Error(`no range of blocks: ${text}`);
  return range;
}
