// @ts-check
/** @import { Item } from './items.js' */

/**
 * Where items come from. This is the file to replace by questions to your own database: two of them,
 * whatever is asked.
 *
 * @typedef {object} Catalog
 * @property {(first: number, afterId: string | null) => Promise<{ nodes: Item[], hasNextPage: boolean, hasPreviousPage: boolean }>} page
 *   The items that follow an id, in the order of ids. The item of that id may be gone.
 * @property {(ids: readonly string[]) => Promise<(Item | null)[]>} byIds
 *   The items of these ids, in this order, null where there is none.
 */

/**
 * A catalog kept in memory.
 *
 * @param {readonly Item[]} items
 * @returns {Catalog}
 */
export function createCatalog(items) {
  const sorted = items.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const byId = new Map(items.map((item) => [item.id, item]));
  return {
    async page(first, afterId) {
      const past = afterId === null ? 0 : sorted.filter(({ id }) => id <= afterId).length;
      const nodes = sorted.slice(past, past + first);
      return {
        nodes,
        hasNextPage: past + first < sorted.length,
        hasPreviousPage: past > 0,
      };
    },
    async byIds(ids) {
      return ids.map((id) => byId.get(id) ?? null);
    },
  };
}
