/**
 * `npm run test:mutations`: takes away one safety line of the ledger after the other, in a copy of the
 * tree, and shows which test fails without it. Ends with 1 when one is not missed by its test.
 * `-- WORDS` takes only the lines whose description contains one of the words.
 */
import { findMariadb, startMariadb } from '../../support/mariadb.ts';
import { bundlesOf, type Mutant } from './mutant.ts';
import { mutants } from './table.ts';
import { Workshop } from './workshop.ts';

const LANES = 2;

const words = process.argv.slice(2);
const chosen = mutants.filter(
  ({ line }) => words.length === 0 || words.some((word) => line.includes(word)),
);
if (findMariadb() === null) throw new Error('Some lines matter on MariaDB alone: install it');
const server = await startMariadb();
const env = { ...process.env, FAST_CHECK_SEED: '1', TEST_MYSQL_URL: server.url('PREFIX') };
const workshops = Array.from({ length: Math.min(LANES, chosen.length) }, () => new Workshop(env));
const started = Date.now();
try {
  process.exitCode = (await isSound()) && (await allAreMissed()) ? 0 : 1;
} finally {
  for (const workshop of workshops) workshop[Symbol.dispose]();
  await server.stop();
}

/** With all lines in place the same tests pass. */
async function isSound(): Promise<boolean> {
  const [workshop] = workshops;
  if (workshop === undefined) throw new Error(`no line contains ${words.join(' or ')}`);
  const unique = (values: readonly string[]) => [...new Set(values)];
  const files = unique(chosen.map(({ test }) => test));
  const { failed, passed, trouble } = await workshop.run(
    files,
    unique(chosen.map(({ name }) => name)),
  );
  console.log(`With every line in place ${passed} tests pass, ${failed.length} fail.`);
  for (const name of failed) console.error(`fails with every line in place: ${name}`);
  if (trouble !== null) console.error(trouble);
  return failed.length === 0 && trouble === null;
}

async function allAreMissed(): Promise<boolean> {
  const queue = bundlesOf(chosen);
  const survivors: string[] = [];
  async function lane(workshop: Workshop): Promise<void> {
    for (let bundle = queue.shift(); bundle !== undefined; bundle = queue.shift()) {
      survivors.push(...(await survivorsOf(workshop, bundle)));
    }
  }
  await Promise.all(workshops.map(lane));
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(
    `${chosen.length - survivors.length} of ${chosen.length} lines are missed when they are taken away ` +
      `(${seconds} s).`,
  );
  for (const line of survivors) console.log(`not missed: ${line}`);
  return survivors.length === 0;
}

/** The lines of a bundle that no test misses. */
async function survivorsOf(workshop: Workshop, bundle: readonly Mutant[]): Promise<string[]> {
  const verdicts = await workshop.examine(bundle);
  return bundle.flatMap(({ line }, index) => {
    const { failed = [], trouble = null } = verdicts[index] ?? {};
    const [first] = failed;
    console.log(`${line} → ${first ?? 'NO TEST FAILS'}`);
    if (trouble !== null) console.error(trouble);
    return first === undefined ? [line] : [];
  });
}
