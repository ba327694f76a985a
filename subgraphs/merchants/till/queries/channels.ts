import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';
import type { RuleTerms } from '../../rules/domain/terms.ts';
import { defectOfChannel } from '../domain/channels.ts';

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

/** Refuses a rule for a channel by which the merchant does not sell: it would never pay. */
export async function checkRuleChannels(
  manager: Pick<EntityManager, 'query'>,
  merchantId: string,
  { condition: { channels } }: RuleTerms,
  field: string,
): Promise<InvalidInput | null> {
  if (channels === null) return null;
  const known = (await channelsOf(manager, [merchantId])).map(({ code }) => code);
  for (const [index, channel] of channels.entries()) {
    const unknown = defectOfChannel(channel, known);
    if (unknown === null) continue;
    return invalidInput(unknown.code, `${field}.condition.channels.${index}`, unknown.parameters);
  }
  return null;
}
