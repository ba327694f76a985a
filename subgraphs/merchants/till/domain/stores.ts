import type { Defect } from '../../domain/order.ts';

/** So many are named in a refusal: with all of a chain nobody would read it. */
export const STORES_NAMED = 20;

/** The stores of a merchant, as far as an order has to be held against them. */
export type KnownStores = Readonly<{
  /** Those of the stores asked for that there are. */
  found: ReadonlySet<string>;
  /** The first codes of all that there are, one more than are named. None: it has opened no store. */
  first: readonly string[];
}>;

export const NO_STORES: KnownStores = { found: new Set(), first: [] };

/** An order names a store that its merchant has opened, or none. A merchant without stores knows them all. */
export const defectOfStore = (
  store: string | null,
  { found, first }: KnownStores,
  field = 'storeId',
): Defect | null =>
  store === null || first.length === 0 || found.has(store)
    ? null
    : unknownStore(store, first, field);

/** `known` are stores of the merchant, more than are named when there are more. */
export const unknownStore = (store: string, known: readonly string[], field: string): Defect => ({
  code: 'STORE_UNKNOWN',
  field,
  parameters: {
    store,
    known: known.slice(0, STORES_NAMED).join(', ') || '—',
    others: Math.max(0, known.length - STORES_NAMED),
  },
});
