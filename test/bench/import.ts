import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import { type Alliance, openAlliance, operatorOf } from '../../subgraphs/alliance.ts';
import { importFile, type Summary } from '../../subgraphs/merchants/import/import-file.ts';
import { type Mapping, mappingFrom } from '../../subgraphs/merchants/import/mapping.ts';
import { progressLine } from '../../subgraphs/merchants/import/progress.ts';
import { guessMapping } from '../../subgraphs/merchants/import/read-records.ts';
import { generateSales } from '../merchants/generated-sales.ts';
import { findMariadb, startMariadb } from '../support/mariadb.ts';

const ROWS = 20_000;

type Source = Readonly<{ file: string; mapping: Mapping; name: string }>;
type Figures = Readonly<{
  engine: string;
  rows: number;
  purchases: number;
  seconds: number;
  purchasesPerSecond: number;
  againPerSecond: number;
  unbalanced: number;
}>;

/**
 * How many purchases a second an import records, through the whole graph: members enrolled, purchases
 * and awards written, points posted. Then the same file once more, which must change nothing.
 * `npm run bench import [-- ROWS | FILE [MAPPING]] [--json]`
 */
export async function run({
  json,
  argv,
}: Readonly<{ json: boolean; argv: readonly string[] }>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tongdui-bench-'));
  try {
    const source = await sourceOf(argv, folder);
    const figures = [await measure('SQLite', `sqlite:${folder}/data`, source, folder)];
    if (findMariadb() !== null) {
      const server = await startMariadb({ isDurable: true });
      try {
        figures.push(await measure('MariaDB', server.url('bench'), source, folder));
      } finally {
        await server.stop();
      }
    }
    console.table(figures);
    console.log(`${source.name}, both engines flushed at each commit, ${cpus().length} cores.`);
    if (json) console.log(JSON.stringify({ source: source.name, figures }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sourceOf(argv: readonly string[], folder: string): Promise<Source> {
  const [asked, mapping] = argv;
  if (asked !== undefined && !/^\d+$/.test(asked)) {
    const known = mapping === undefined ? await guessMapping(asked) : mappingFrom(mapping);
    return { file: asked, mapping: known, name: asked };
  }
  const rows = Number(asked ?? ROWS);
  const file = join(folder, 'sales.txt');
  writeFileSync(file, generateSales(rows).text);
  return { file, mapping: mappingFrom('cdnow'), name: `${rows} generated sales (seed 1)` };
}

async function measure(
  engine: string,
  databaseUrl: string,
  source: Source,
  folder: string,
): Promise<Figures> {
  const alliance = await openAlliance({
    databaseUrl,
    keys: { cursor: 'c'.repeat(32), personal: 'p'.repeat(32) },
    logger: createLogger('error'),
  });
  try {
    const first = await importOnce(alliance, source, folder);
    const again = await importOnce(alliance, source, folder);
    const known = first.recorded + first.returned;
    if (again.recorded + again.returned > 0 || again.unchanged !== known) {
      throw new Error(`importing again changed something: ${JSON.stringify(again)}`);
    }
    const ask = alliance.askAs(operatorOf('bench'));
    const { conservation } = await ask('{ conservation { balance } }', {});
    return {
      engine,
      rows: first.rows,
      purchases: first.recorded,
      seconds: Math.round(first.seconds * 10) / 10,
      purchasesPerSecond: Math.round(first.recorded / first.seconds),
      againPerSecond: Math.round(again.unchanged / again.seconds),
      unbalanced: conservation.filter(({ balance }: { balance: number }) => balance !== 0).length,
    };
  } finally {
    await alliance.close();
  }
}

async function importOnce(
  alliance: Alliance,
  { file, mapping }: Source,
  folder: string,
): Promise<Summary> {
  const progress = progressLine(process.stderr, 'en');
  const summary = await importFile({
    file,
    mapping,
    report: join(folder, 'report.jsonl'),
    isDryRun: false,
    locale: 'en',
    ask: alliance.askAs(operatorOf('bench')),
    newId,
    now: () => new Date(),
    onProgress: progress.show,
  });
  progress.end();
  return summary;
}
