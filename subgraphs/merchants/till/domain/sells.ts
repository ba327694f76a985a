import type { Defect, Order } from '../../domain/order.ts';
import { defectOfCategories } from './categories.ts';
import { DEFAULT_CHANNELS, defectOfChannel } from './channels.ts';
import { defectOfStore, type KnownStores, NO_STORES } from './stores.ts';

/**
 * What a merchant has declared: by which channels it sells, in which categories, and its stores. No category: in
 * any. No store: its orders may name any.
 */
export type Sells = Readonly<{
  channels: readonly string[];
  categories: readonly string[];
  stores: KnownStores;
}>;

/** Of a merchant that has declared nothing. */
export const SELLS_ANYTHING: Sells = {
  channels: DEFAULT_CHANNELS,
  categories: [],
  stores: NO_STORES,
};

/** What an order names that its merchant does not know, or null. */
export const defectOfSale = (
  { channel, storeId, lines }: Pick<Order, 'channel' | 'storeId' | 'lines'>,
  { channels, categories, stores }: Sells,
): Defect | null =>
  defectOfStore(storeId, stores) ??
  defectOfChannel(channel, channels) ??
  defectOfCategories(lines, categories);
