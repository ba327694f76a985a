// @ts-check
/** @import { Catalog } from './catalog.js' */
/** @import { Item, Text } from './items.js' */
import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import DataLoader from 'dataloader';
import { GraphQLError, parse } from 'graphql';
import { SafeIntResolver } from 'graphql-scalars';

const PAGE_MAX = 100;

/**
 * What is known about one request while it is answered.
 *
 * @typedef {object} Context
 * @property {keyof Text} locale
 * @property {Catalog} catalog
 * @property {DataLoader<string, Item | null>} itemById Looks up all items of a request at once.
 */

/**
 * @param {Catalog} catalog
 * @param {keyof Text} locale
 * @returns {Context}
 */
export const createContext = (catalog, locale) => ({
  locale,
  catalog,
  itemById: new DataLoader((ids) => catalog.byIds(ids)),
});

/** The contract of the alliance and the shop's own part, as one subgraph. */
export const createSchema = () =>
  buildSubgraphSchema([
    { typeDefs: parse(read('contract.graphql') + read('schema.graphql')), resolvers },
  ]);

/** @param {string} file */
const read = (file) => readFileSync(new URL(file, import.meta.url), 'utf8');

const resolvers = {
  SafeInt: SafeIntResolver,
  Query: {
    /**
     * @param {unknown} _
     * @param {{ first: number, after?: string | null }} args
     * @param {Context} context
     */
    async jinghua_items(_, { first, after = null }, { catalog }) {
      if (first < 1 || first > PAGE_MAX)
        throw badInput(`\`first\` is a number from 1 to ${PAGE_MAX}.`);
      const afterId = after === null ? null : idOf(after);
      const { nodes, hasNextPage, hasPreviousPage } = await catalog.page(first, afterId);
      return {
        nodes,
        pageInfo: {
          hasNextPage,
          hasPreviousPage,
          startCursor: cursorOf(nodes.at(0)),
          endCursor: cursorOf(nodes.at(-1)),
        },
      };
    },
  },
  Jinghua_Item: {
    /**
     * An entity is looked up by its key. One that does not exist is null, not an error.
     *
     * @param {{ id?: unknown }} reference
     * @param {Context} context
     */
    async __resolveReference({ id }, { itemById }) {
      const item = typeof id === 'string' ? await itemById.load(id) : null;
      return item && { ...item };
    },
    title: inLanguage('title'),
    description: inLanguage('description'),
  },
};

/** @param {'title' | 'description'} name */
function inLanguage(name) {
  /** @type {(item: Item, _: unknown, context: Context) => string} */
  return (item, _, { locale }) => item[name][locale];
}

/** @param {Item | undefined} item */
const cursorOf = (item) =>
  item === undefined ? null : Buffer.from(JSON.stringify(['after', item.id])).toString('base64url');

/**
 * The id in a cursor of ours.
 *
 * @param {string} cursor
 * @returns {string}
 */
function idOf(cursor) {
  try {
    const [word, id, ...rest] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (word === 'after' && typeof id === 'string' && rest.length === 0) return id;
  } catch {
    // What is no cursor is refused below.
  }
  throw badInput('`after` is the `endCursor` of a page. Begin again without it.');
}

/** @param {string} message */
const badInput = (message) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
