import type { Defect, Order } from '../../domain/order.ts';
import { defectOfCategories } from './categories.ts';
import { DEFAULT_CHANNELS, defectOfChannel } from './channels.ts';

/** What a merchant has declared: by which channels it sells, and in which categories. No category: in any. */
export type Sells = Readonly<{ channels: readonly string[]; categories: readonly string[] }>;

/** Of a merchant that has declared nothing. */
export const SELLS_ANYTHING: Sells = { channels: DEFAULT_CHANNELS, categories: [] };

/** What an order names that its merchant does not know, or null. */
export const defectOfSale = (
  { channel, lines }: Pick<Order, 'channel' | 'lines'>,
  { channels, categories }: Sells,
): Defect | null => defectOfChannel(channel, channels) ?? defectOfCategories(lines, categories);
