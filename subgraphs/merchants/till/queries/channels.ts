import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';

export type ChannelRow = Readonly<{ merchantId: string; code: string }>;
export type CategoryRow = ChannelRow;

type Reader = Pick<EntityManager, 'query'>;

/** How merchants sell, in the order of the codes. One statement. */
export const channelsOf = (reader: Reader, merchantIds: readonly string[]): Promise<ChannelRow[]> =>
  codesIn(reader, 'merchants_channel', merchantIds);

/** In which categories merchants sell, as far as they have declared any. One statement. */
export const categoriesOf = (
  reader: Reader,
  merchantIds: readonly string[],
): Promise<CategoryRow[]> => codesIn(reader, 'merchants_category', merchantIds);

async function codesIn(
  reader: Reader,
  table: 'merchants_channel' | 'merchants_category',
  merchantIds: readonly string[],
): Promise<ChannelRow[]> {
  const rows = await reader.query<{ merchant_id: string; code: string }[]>(
    `SELECT merchant_id, code FROM ${table}
     WHERE merchant_id IN (${placeholders(merchantIds.length)}) ORDER BY code`,
    [...merchantIds],
  );
  return rows.map(({ merchant_id: merchantId, code }) => ({ merchantId, code }));
}
