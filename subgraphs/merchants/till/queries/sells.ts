import type { EntityManager } from 'typeorm';
import { type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';
import type { RuleTerms } from '../../rules/domain/terms.ts';
import { unknownCategory } from '../domain/categories.ts';
import { defectOfChannel } from '../domain/channels.ts';
import type { Sells } from '../domain/sells.ts';

type Reader = Pick<EntityManager, 'query'>;

type Asked = Readonly<{
  channel?: string | null | undefined;
  lines?: readonly Readonly<{ category?: string | null | undefined }>[] | null | undefined;
}>;

/** What orders may name at a merchant, with one statement; nobody is asked when they name nothing. */
export async function sellsFor(
  reader: Reader,
  merchantId: string,
  orders: readonly Asked[],
): Promise<Sells> {
  const namesNothing = orders.every(
    ({ channel, lines }) =>
      channel == null && (lines ?? []).every(({ category }) => category == null),
  );
  return namesNothing ? { channels: [], categories: [] } : sellsOf(reader, merchantId);
}

/** What a merchant has declared, in the order of the codes. One statement. */
async function sellsOf(reader: Reader, merchantId: string): Promise<Sells> {
  const rows = await reader.query<{ kind: string; code: string }[]>(
    `SELECT 'CHANNEL' AS kind, code FROM merchants_channel WHERE merchant_id = ?
     UNION ALL SELECT 'CATEGORY' AS kind, code FROM merchants_category WHERE merchant_id = ?
     ORDER BY kind, code`,
    [merchantId, merchantId],
  );
  const codesOf = (wanted: string) =>
    rows.filter(({ kind }) => kind === wanted).map(({ code }) => code);
  return { channels: codesOf('CHANNEL'), categories: codesOf('CATEGORY') };
}

/** Refuses a rule for a channel or a category that the merchant does not have: it would never pay. */
export async function checkRuleSells(
  reader: Reader,
  merchantId: string,
  { condition: { channels, categories } }: RuleTerms,
  field: string,
): Promise<InvalidInput | null> {
  if (channels === null && categories === null) return null;
  const known = await sellsOf(reader, merchantId);
  for (const [index, channel] of (channels ?? []).entries()) {
    const unknown = defectOfChannel(channel, known.channels);
    if (unknown === null) continue;
    return invalidInput(unknown.code, `${field}.condition.channels.${index}`, unknown.parameters);
  }
  if (known.categories.length === 0) return null;
  for (const [index, category] of (categories ?? []).entries()) {
    if (known.categories.includes(category)) continue;
    const path = `${field}.condition.categories.${index}`;
    const { code, parameters } = unknownCategory(category, known.categories, path);
    return invalidInput(code, path, parameters);
  }
  return null;
}
