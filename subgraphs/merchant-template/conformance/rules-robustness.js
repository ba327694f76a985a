// @ts-check
/** @import { Answer } from './client.js' */
/** @import { Probe, Rule } from './probe.js' */
import { Breach, dataOf, pageQuery, shown } from './probe.js';

/** What errors must not tell: where the program lies, what it consists of, what it asks its database. */
const INTERNAL = [
  /stack_?trace/i,
  /Traceback \(most recent/,
  /\bat \S.{0,200}\D:\d+:\d+/,
  /\bat [\w$.]+\([\w$]+\.(java|kt|scala):\d+\)/,
  /\.(js|ts|mjs|cjs|py|rb|go|php|cs|rs)(:\d+|", line \d+)/,
  /node_modules|site-packages/,
  /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b[^"]{0,200}\b(FROM|VALUES|SET|WHERE)\b/,
];

/** @type {Rule[]} */
export const robustnessRules = [
  {
    rule: 'malformed',
    title: 'What is malformed is refused, and good calls are answered afterwards',
    check: checkMalformed,
  },
  {
    rule: 'nothing-internal',
    title: 'Errors tell nothing internal: no stack trace, file or SQL',
    check: checkNothingInternal,
  },
  {
    rule: 'in-time',
    title: 'Every answer comes in time',
    async check({ client: { answers, allowed } }) {
      const late = answers.filter(({ ms }) => ms > allowed.answerMs);
      if (late.length === 0) return;
      const slowest = Math.max(...late.map(({ ms }) => ms));
      throw new Breach(
        `${late.length} of ${answers.length} answers took longer than ${allowed.answerMs} ms, the slowest ` +
          `${Math.round(slowest)} ms. The platform does not wait: look up all items of a call at once.`,
      );
    },
  },
  {
    rule: 'in-size',
    title: 'No answer is too large',
    async check({ client: { answers, allowed } }) {
      const largest = Math.max(...answers.map(({ bytes }) => bytes));
      if (largest <= allowed.answerBytes) return;
      throw new Breach(
        `An answer had ${largest} bytes or more; ${allowed.answerBytes} are allowed. Shorten the texts: a page ` +
          'of 100 items with all their fields must fit.',
      );
    },
  },
];

/** @param {Probe} probe */
async function checkMalformed({ client }) {
  const signed = '{"query": "{ __typename }"';
  /** @type {[string, Answer][]} */
  const malformed = [
    ['A signed body that is not JSON', await client.send(signed)],
    ['A signed empty body', await client.send('')],
    ['A signed body without a query', await client.send('{}')],
    ['A signed text in place of an object', await client.send('"query"')],
    ['A signed null', await client.send('null')],
    ['A signed GET', await client.send('', { 'content-type': '' }, 'GET')],
  ];
  for (const [what, { status, json, failure, text }] of malformed) {
    const isRefused = failure === null && status >= 400 && status < 500 && !json?.data;
    if (isRefused) continue;
    throw new Breach(
      `${what} was answered with ${failure ?? `${status}: ${shown(text)}`}. Answer 400, or 405 to a GET.`,
    );
  }
  const unreadable = await client.ask('{ ');
  const { status, json, failure } = unreadable;
  if (failure !== null || status >= 500 || !(json?.errors?.length > 0)) {
    throw new Breach(
      `A query with an error of syntax was answered with ${failure ?? status}. Answer 400.`,
    );
  }
  dataOf(await client.ask('{ __typename }'));
}

/** @param {Probe} probe */
async function checkNothingInternal({ client, prefix, selection }) {
  const page = pageQuery(prefix, await selection());
  const entity = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
  const __typename = `${prefix}_Item`;
  await client.ask('{ noSuchField }');
  await client.ask(page, { first: 'many' });
  await client.ask(page, { first: 1, after: '\u0000' });
  await client.ask(entity, { r: [{ __typename: 'NoSuchType', id: '1' }] });
  await client.ask(entity, { r: [{ __typename }] });
  await client.ask(entity, { r: [{ __typename, id: { $gt: '' } }] });
  await client.ask(entity, { r: [{ __typename, id: "' OR 1=1 --" }] });
  for (const { status, json, text } of client.answers) {
    const error = status >= 400 ? text : JSON.stringify(json?.errors ?? '');
    // JSON writes the end of a line as two characters, which would hide what follows it.
    const plain = error.replaceAll(/\\[nrt]/g, '\n');
    const found = INTERNAL.map((sign) => sign.exec(plain)?.[0]).find((sign) => sign !== undefined);
    if (found === undefined) continue;
    throw new Breach(
      `An error says ${shown(found)}. Log the cause, and answer nothing but a message and a code.`,
    );
  }
}
