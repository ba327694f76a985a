// @ts-check
/** @import { Answer, Client } from './client.js' */
import { itemSelection, typesOf } from './sdl.js';

/** A rule that does not hold. The message says what was seen and what to do. */
export class Breach extends Error {}

/** A rule that could not be looked at, because what it needs is broken: another rule says what. */
export class NotChecked extends Error {}

/**
 * One thing that the alliance relies on.
 *
 * @typedef {object} Rule
 * @property {string} rule Its name.
 * @property {string} title In plain words.
 * @property {(probe: Probe) => Promise<void>} check Throws a `Breach` where it does not hold.
 */

/** @typedef {{ __typename: string, id: string } & Record<string, any>} Item */

/**
 * What the rules share: the client, and what several of them need to know.
 *
 * @typedef {object} Probe
 * @property {Client} client
 * @property {string} prefix Such as `Jinghua`.
 * @property {string | null} schema What is registered with the alliance, where it is known.
 * @property {() => Promise<string>} sdl What `_service` answers.
 * @property {() => Promise<string>} selection The simple fields of an item, as text of a query.
 * @property {(language?: string) => Promise<Item[]>} items All items, or the first of very many; at least one.
 */

/** So many pages of 100 are looked at. */
const PAGES_MAX = 20;

/**
 * @param {{ client: Client, prefix: string, schema: string | null }} options
 * @returns {Probe}
 */
export function createProbe({ client, prefix, schema }) {
  /** @type {Promise<string> | undefined} */
  let sdl;
  /** @type {Map<string, Promise<Item[]>>} */
  const itemsIn = new Map();
  /** @type {Probe} */
  const probe = {
    client,
    prefix,
    schema,
    sdl: () => {
      sdl ??= readSdl(client).then(readable);
      return sdl.catch(notChecked('`_service { sdl }` has no schema that can be read'));
    },
    selection: async () => itemSelection(await probe.sdl(), prefix),
    items(language = 'en') {
      const items = itemsIn.get(language) ?? readItems(probe, language);
      itemsIn.set(language, items);
      return items.catch(notChecked('there are no items that could be listed'));
    },
  };
  return probe;
}

/** @param {string} sdl */
function readable(sdl) {
  typesOf(sdl);
  return sdl;
}

/** @param {string} why */
const notChecked = (why) => () => {
  throw new NotChecked(`Not checked, because ${why}.`);
};

/** @param {Client} client */
export async function readSdl(client) {
  const { _service: service } = dataOf(await client.ask('{ _service { sdl } }'));
  if (typeof service?.sdl === 'string') return service.sdl;
  throw new Breach(
    '`{ _service { sdl } }` has no text. Serve the schema as a federation subgraph.',
  );
}

/**
 * @param {Probe} probe
 * @param {string} language
 */
async function readItems(probe, language) {
  /** @type {Item[]} */
  const items = [];
  let after = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { nodes, pageInfo } = await readPage(probe, { first: 100, after }, language);
    items.push(...nodes);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  if (items.length === 0) throw new Breach('There are no items.');
  return items;
}

/**
 * One page of items. Throws a `Breach` when it is none.
 *
 * @param {Probe} probe
 * @param {{ first: number, after?: string | null }} variables
 * @param {string} [language]
 * @returns {Promise<{ nodes: Item[], pageInfo: { hasNextPage: boolean, endCursor: string | null } }>}
 */
export async function readPage(probe, variables, language) {
  const { client, prefix } = probe;
  const answer = await client.ask(pageQuery(prefix, await probe.selection()), variables, language);
  const page = dataOf(answer)[`${prefix.toLowerCase()}_items`];
  const { nodes, pageInfo } = page ?? {};
  if (!Array.isArray(nodes)) throw new Breach('`nodes` is not a list.');
  if (nodes.length > variables.first) {
    throw new Breach(`${variables.first} items were asked for and ${nodes.length} came.`);
  }
  for (const node of nodes) {
    if (node?.__typename === `${prefix}_Item` && isId(node.id)) continue;
    throw new Breach(
      `An item is ${shown(node)}: its __typename is ${prefix}_Item and its id a text of 1 to 200 characters.`,
    );
  }
  if (typeof pageInfo?.hasNextPage !== 'boolean' || typeof pageInfo.hasPreviousPage !== 'boolean') {
    throw new Breach('`pageInfo` must say `hasNextPage` and `hasPreviousPage`, true or false.');
  }
  const { hasNextPage, endCursor } = pageInfo;
  if (hasNextPage && (typeof endCursor !== 'string' || endCursor.length > 2_000)) {
    throw new Breach(
      'With `hasNextPage` comes an `endCursor`, a text of at most 2,000 characters.',
    );
  }
  if (hasNextPage && nodes.length < variables.first) {
    throw new Breach(
      'A page with `hasNextPage` must be full: give as many items as were asked for.',
    );
  }
  return { nodes, pageInfo };
}

/** @param {unknown} id */
const isId = (id) => typeof id === 'string' && id.length > 0 && id.length <= 200;

/**
 * @param {string} prefix
 * @param {string} selection
 */
export const pageQuery = (prefix, selection) => `query ($first: Int!, $after: String) {
  ${prefix.toLowerCase()}_items(first: $first, after: $after) {
    nodes { __typename ${selection} } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;

/**
 * The data of an answer that must be whole.
 *
 * @param {Answer} answer
 * @returns {Record<string, any>}
 */
export function dataOf({ status, json, failure, text }) {
  if (failure !== null) throw new Breach(`A signed call was not answered: ${failure}.`);
  if (status !== 200) {
    const hint = status === 401 ? ' Compare the secret, and sign over the raw bytes.' : '';
    throw new Breach(`A signed call was answered with ${status}: ${shown(text)}.${hint}`);
  }
  if (json === undefined) throw new Breach(`The answer is not JSON: ${shown(text)}.`);
  if (Array.isArray(json?.errors) && json.errors.length > 0) {
    throw new Breach(`The answer has an error: ${shown(json.errors[0]?.message)}.`);
  }
  if (json?.data === null || typeof json?.data !== 'object') {
    throw new Breach(`The answer has no \`data\`: ${shown(text)}.`);
  }
  return json.data;
}

/**
 * A value, short enough for a line.
 *
 * @param {unknown} value
 */
export function shown(value) {
  const text = typeof value === 'string' ? value : String(JSON.stringify(value));
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
