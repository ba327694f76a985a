// @ts-check
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { allowedByPlatform, createClient } from './conformance/client.js';
import { Breach, createProbe, NotChecked } from './conformance/probe.js';
import { contractRules } from './conformance/rules-contract.js';
import { itemRules } from './conformance/rules-items.js';
import { robustnessRules } from './conformance/rules-robustness.js';
import { answers, signatureRules } from './conformance/rules-signature.js';
import { webhookOf } from './signature.js';

/** In the order in which they are looked at. The last two judge all answers until then. */
const rules = [answers, ...signatureRules, ...contractRules, ...itemRules, ...robustnessRules];

/**
 * How one rule came out. `detail` says what was seen and what to do, and is empty where the rule holds.
 *
 * @typedef {{ rule: string, title: string, ok: boolean, detail: string }} Finding
 */

/**
 * @typedef {object} ConformanceOptions
 * @property {string} url Where the subgraph is. Without a path `/graphql` is taken.
 * @property {string} secret `whsec_…`, the one that the subgraph has.
 * @property {string} [prefix] What its types begin with.
 * @property {string | null} [schema] The text that is registered with the alliance, where it is known.
 * @property {Partial<typeof allowedByPlatform>} [allowed] Other limits than the platform's.
 */

/**
 * Checks a merchant's subgraph, in whatever language it is written, against everything that the
 * alliance relies on. Only reads. Throws an Error when `url` or `secret` cannot be used.
 *
 * @param {ConformanceOptions} options
 * @returns {Promise<Finding[]>} One for each rule, in a fixed order.
 */
export async function checkConformance({
  url,
  secret,
  prefix = 'Jinghua',
  schema = null,
  allowed = {},
}) {
  webhookOf(secret);
  const client = createClient({
    url: endpointOf(url),
    secret,
    allowed: { ...allowedByPlatform, ...allowed },
  });
  const probe = createProbe({ client, prefix, schema });
  /** @type {Finding[]} */
  const findings = [];
  for (const rule of rules) {
    const isDeaf = findings[0]?.ok === false;
    const detail = isDeaf
      ? 'Not checked, because signed calls are not answered.'
      : await detailOf(rule.check(probe));
    findings.push({ rule: rule.rule, title: rule.title, ok: detail === '', detail });
  }
  return findings;
}

/**
 * @param {Promise<void>} checked
 * @returns {Promise<string>}
 */
async function detailOf(checked) {
  try {
    await checked;
    return '';
  } catch (error) {
    if (error instanceof Breach || error instanceof NotChecked) return error.message;
    const why = error instanceof Error ? error.message : String(error);
    return `What came back is so far from what was expected that this rule broke off: ${why}.`;
  }
}

/** @param {string} text */
function endpointOf(text) {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error(`"${text}" is no address: give one such as http://127.0.0.1:4100/graphql`);
  }
  if (url.pathname === '/') url.pathname = '/graphql';
  return url.href;
}

const USAGE = `Usage: npm run conformance -- URL [--secret whsec_…] [--prefix Jinghua] [--schema FILE]

URL       where your subgraph listens, such as http://127.0.0.1:4100/graphql
--secret  the secret it verifies signatures with; else SIGNING_SECRET, from the environment or .env
--prefix  what your types begin with; else Jinghua
--schema  the schema you register; else schema.graphql of this folder
`;

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      secret: { type: 'string', default: process.env.SIGNING_SECRET ?? '' },
      prefix: { type: 'string', default: 'Jinghua' },
      schema: {
        type: 'string',
        default: fileURLToPath(new URL('schema.graphql', import.meta.url)),
      },
    },
  });
  const [url, ...rest] = positionals;
  if (url === undefined || rest.length > 0) throw new Error(USAGE);
  const { secret, prefix } = values;
  const schema = readFileSync(values.schema, 'utf8');
  const findings = await checkConformance({ url, secret, prefix, schema });
  for (const { ok, title, detail } of findings) {
    console.log(ok ? `✓ ${title}` : `✗ ${title}\n    ${detail}`);
  }
  const broken = findings.filter(({ ok }) => !ok).length;
  console.log(
    broken === 0 ? '\nAll rules hold.' : `\n${broken} of ${findings.length} rules do not hold.`,
  );
  if (broken > 0) process.exitCode = 1;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
