// @ts-check
/** @import { Answer } from './client.js' */
/** @import { Rule } from './probe.js' */
import { randomBytes, randomUUID } from 'node:crypto';
import { Breach, dataOf, shown } from './probe.js';

const HELLO = JSON.stringify({ query: '{ __typename }' });
const OTHER_SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const UNSIGNED = { 'webhook-id': '', 'webhook-timestamp': '', 'webhook-signature': '' };

/** How far off the time of a call is that must be refused, in milliseconds: five minutes and a half. */
const TOO_FAR = 330_000;

/** @type {Rule} */
export const answers = {
  rule: 'answers',
  title: 'A signed call is answered',
  async check({ client }) {
    const { __typename: name } = dataOf(await client.send(HELLO));
    if (name !== 'Query')
      throw new Breach(`\`{ __typename }\` is ${shown(name)}; expected "Query".`);
  },
};

/** @type {Rule[]} */
export const signatureRules = [
  {
    rule: 'refuses-unsigned',
    title: 'A call without a signature is refused, whatever it asks',
    async check({ client, prefix }) {
      const asked = [
        '{ __typename }',
        '{ _service { sdl } }',
        '{ __schema { queryType { name } } }',
        `{ ${prefix.toLowerCase()}_items(first: 1) { nodes { id } } }`,
      ];
      for (const query of asked) {
        mustRefuse(
          await client.send(JSON.stringify({ query }), UNSIGNED),
          `Unsigned, \`${query}\``,
        );
      }
      const half = await client.send(HELLO, { 'webhook-signature': '' });
      mustRefuse(half, 'A call with id and time, but without a signature,');
    },
  },
  {
    rule: 'refuses-altered',
    title: 'A call is refused when body, id, time or signature is not what was signed',
    async check({ client }) {
      const earlier = new Date(Date.now() - 60_000);
      const now = String(Math.floor(Date.now() / 1000));
      /** @type {[string, Record<string, string>][]} */
      const altered = [
        ['A changed body', client.sign(JSON.stringify({ query: '{ _service { sdl } }' }))],
        ['A signature made with another secret', client.sign(HELLO, { secret: OTHER_SECRET })],
        ['A changed webhook-id', { ...client.sign(HELLO), 'webhook-id': `msg_${randomUUID()}` }],
        [
          'A changed webhook-timestamp',
          { ...client.sign(HELLO, { at: earlier }), 'webhook-timestamp': now },
        ],
        ['An empty signature', { ...client.sign(HELLO), 'webhook-signature': 'v1,' }],
      ];
      for (const [what, headers] of altered) mustRefuse(await client.send(HELLO, headers), what);
    },
  },
  {
    rule: 'refuses-old',
    title: 'A call is refused when its time is more than five minutes off',
    async check({ client }) {
      const old = client.sign(HELLO, { at: new Date(Date.now() - TOO_FAR) });
      mustRefuse(await client.send(HELLO, old), 'A call signed more than five minutes ago');
      const early = client.sign(HELLO, { at: new Date(Date.now() + TOO_FAR) });
      mustRefuse(await client.send(HELLO, early), 'A call signed more than five minutes ahead');
    },
  },
  {
    rule: 'takes-two-signatures',
    title: 'A call with several signatures is answered when one of them is right',
    async check({ client }) {
      const right = client.sign(HELLO);
      const other = client.sign(HELLO, { secret: OTHER_SECRET })['webhook-signature'];
      const signature = `${other} ${right['webhook-signature']}`;
      const answer = await client.send(HELLO, { ...right, 'webhook-signature': signature });
      if (answer.status === 200) return;
      throw new Breach(
        `It was answered with ${answer.status}. While a secret is replaced, calls are signed with the old and ` +
          'the new one: look through all signatures in the header, which a space separates.',
      );
    },
  },
];

/**
 * @param {Answer} answer
 * @param {string} what
 */
function mustRefuse({ status, json, failure, text }, what) {
  if (failure !== null) throw new Breach(`${what} got no answer: ${failure}. Answer 401.`);
  if (status === 401 && json?.data === undefined) return;
  throw new Breach(
    `${what} was answered with ${status}: ${shown(text)}. Verify the signature over the raw bytes before ` +
      'anything else, and answer 401 without data.',
  );
}
