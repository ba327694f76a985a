import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';

export type ChannelRow = Readonly<{ merchantId: string; code: string }>;

/** How merchants sell, in the order of the codes. One statement. */
export async function channelsOf(
  manager: Pick<EntityManager, 'query'>,
  merchantIds: readonly string[],
): Promise<ChannelRow[]> {
  const rows = await manager.query<{ merchant_id: string; code: string }[]>(
    `SELECT merchant_id, code FROM merchants_channel
     WHERE merchant_id IN (${placeholders(merchantIds.length)}) ORDER BY code`,
    [...merchantIds],
  );
  return rows.map(({ merchant_id: merchantId, code }) => ({ merchantId, code }));
}

/** The channels by which orders may be made; nobody is asked when no order names one. */
export async function channelsFor(
  manager: Pick<EntityManager, 'query'>,
  merchantId: string,
  orders: readonly Readonly<{ channel?: string | null | undefined }>[],
): Promise<string[]> {
  if (orders.every(({ channel }) => channel == null)) return [];
  return (await channelsOf(manager, [merchantId])).map(({ code }) => code);
}
