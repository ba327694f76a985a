/** Imports purchases from a file of a merchant: `npm run import -- FILE [--dry-run]`. */
import { parseArgs } from 'node:util';
import { ownConfig } from '../shared/config.ts';
import { type Locale, localeOf } from '../shared/graphql/wording.ts';
import { newId } from '../shared/identifiers.ts';
import { createLogger } from '../shared/logger.ts';
import { keysOf } from './keys.ts';
import { differencesOf, readExpected } from './merchants/import/expected.ts';
import { importFile } from './merchants/import/import-file.ts';
import { mappingFrom, withMerchant } from './merchants/import/mapping.ts';
import { progressLine } from './merchants/import/progress.ts';
import { guessMapping } from './merchants/import/read-records.ts';
import { summaryText } from './merchants/import/summary-text.ts';
import { Unusable } from './merchants/import/unusable.ts';
import { sentence } from './merchants/wording.ts';

const USAGE = `Usage: npm run import -- FILE [options]

  FILE               CSV or JSONL, also packed with gzip
  --dry-run          check everything, record nothing
  --mapping MAPPING  what the columns mean: a JSON file, or plain, plain-zh, online-retail, cdnow
                     (plain: customer,orderNumber,date,quantity,amount,sku,description,category;
                     plain-zh: 会员,单号,时间,数量,金额,货号,品名,类别)
  --merchant NAME    who sold: a name (made when nobody has it) or an id
  --report FILE      where the rows that were not used are listed (.data/import-report.jsonl)
  --expect FILE      counts, as JSON, that the summary must have; else the exit code is 1
  --language CODE    zh-CN or en; else that of the terminal
  --json             print the summary as one line of JSON

Manual: subgraphs/merchants/README.md`;

const options = {
  'dry-run': { type: 'boolean', default: false },
  mapping: { type: 'string' },
  merchant: { type: 'string' },
  report: { type: 'string', default: '.data/import-report.jsonl' },
  expect: { type: 'string' },
  language: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

type Asked = ReturnType<typeof readArguments>;

function readArguments() {
  return parseArgs({ options, allowPositionals: true });
}

process.exitCode = await main();

/**
 * 0 when the file was read, whatever became of its rows; 1 when nothing could be done with it, or the
 * counts are not those of `--expect`.
 */
async function main(): Promise<0 | 1> {
  let asked: Asked;
  try {
    asked = readArguments();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return 1;
  }
  if (asked.values.help) {
    console.log(USAGE);
    return 0;
  }
  const [file, ...others] = asked.positionals;
  if (file === undefined || others.length > 0) {
    console.error(USAGE);
    return 1;
  }
  const { LC_ALL, LANG } = process.env;
  const language = asked.values.language ?? (LC_ALL || LANG || '').replace(/[_.].*/, '');
  const locale = localeOf(language);
  try {
    return (await importAs(locale, file, asked)) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Unusable ? error.in(locale) : error);
    return 1;
  }
}

/** Imports, and answers whether the counts are as expected. */
async function importAs(locale: Locale, file: string, { values }: Asked): Promise<boolean> {
  const { mapping: name, merchant, report, json } = values;
  const found = name === undefined ? await guessMapping(file) : mappingFrom(name);
  const mapping = merchant === undefined ? found : withMerchant(found, merchant);
  const expected = values.expect === undefined ? {} : readExpected(values.expect);
  const config = ownConfig();
  // Loaded only now, so that what is wrong with the command or the file is said at once.
  const { openAlliance, operatorOf } = await import('./alliance.ts');
  const alliance = await openAlliance({
    databaseUrl: config.TONGDUI_DATABASE_URL,
    keys: keysOf(config),
    logger: createLogger(config.TONGDUI_LOG_LEVEL),
  });
  const progress = progressLine(process.stderr, locale);
  try {
    const summary = await importFile({
      file,
      mapping,
      report,
      isDryRun: values['dry-run'],
      locale,
      ask: alliance.askAs(operatorOf('import'), locale),
      newId,
      now: () => new Date(),
      onProgress: progress.show,
    });
    progress.end();
    console.log(json ? JSON.stringify(summary) : summaryText(summary, report, locale));
    const differences = differencesOf(summary, expected);
    for (const difference of differences) {
      console.error(sentence('EXPECTED_DIFFERS', locale, difference));
    }
    return differences.length === 0;
  } finally {
    progress.end();
    await alliance.close();
  }
}
