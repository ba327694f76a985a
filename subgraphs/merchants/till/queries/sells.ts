import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';
import type { RuleTerms } from '../../rules/domain/terms.ts';
import { unknownCategory } from '../domain/categories.ts';
import { defectOfChannel } from '../domain/channels.ts';
import { SELLS_ANYTHING, type Sells } from '../domain/sells.ts';
import { defectOfStore, STORES_NAMED } from '../domain/stores.ts';

type Reader = Pick<EntityManager, 'query'>;

type Asked = Readonly<{
  storeId?: string | null | undefined;
  channel?: string | null | undefined;
  lines?: readonly Readonly<{ category?: string | null | undefined }>[] | null | undefined;
}>;

/** What orders may name at a merchant, with one statement; nobody is asked when they name nothing. */
export async function sellsFor(
  reader: Reader,
  merchantId: string,
  orders: readonly Asked[],
): Promise<Sells> {
  const stores = orders.flatMap(({ storeId }) => storeId ?? []);
  const namesNothing =
    stores.length === 0 &&
    orders.every(
      ({ channel, lines }) =>
        channel == null && (lines ?? []).every(({ category }) => category == null),
    );
  return namesNothing ? SELLS_ANYTHING : sellsOf(reader, merchantId, stores);
}

type Kind = 'CHANNEL' | 'CATEGORY' | 'STORE' | 'FIRST_STORE';

/** What a merchant has declared, in the order of the codes, and which of these stores it has. One statement. */
async function sellsOf(
  reader: Reader,
  merchantId: string,
  asked: readonly string[],
): Promise<Sells> {
  const stores = [...new Set(asked)];
  const rows = await reader.query<{ kind: Kind; code: string }[]>(
    `SELECT 'CHANNEL' AS kind, code FROM merchants_channel WHERE merchant_id = ?
     UNION ALL SELECT 'CATEGORY' AS kind, code FROM merchants_category WHERE merchant_id = ?
     ${stores.length === 0 ? '' : storesAsked(stores.length)}
     ORDER BY kind, code`,
    [merchantId, merchantId, ...(stores.length === 0 ? [] : [merchantId, ...stores, merchantId])],
  );
  const codesOf = (wanted: Kind) =>
    rows.filter(({ kind }) => kind === wanted).map(({ code }) => code);
  return {
    channels: codesOf('CHANNEL'),
    categories: codesOf('CATEGORY'),
    stores: { found: new Set(codesOf('STORE')), first: codesOf('FIRST_STORE') },
  };
}

/** A chain may have thousands of stores: those that are named are looked for, and few others read. */
const storesAsked = (many: number): string =>
  `UNION ALL SELECT 'STORE' AS kind, code FROM merchants_store
     WHERE merchant_id = ? AND code IN (${placeholders(many)})
     UNION ALL SELECT 'FIRST_STORE' AS kind, code FROM (SELECT code FROM merchants_store
     WHERE merchant_id = ? ORDER BY code LIMIT ${STORES_NAMED + 1}) AS first_stores`;

/** Refuses a rule for a store, channel or category that the merchant does not have: it would never pay. */
export async function checkRuleSells(
  reader: Reader,
  merchantId: string,
  { condition: { stores, channels, categories } }: RuleTerms,
  field: string,
): Promise<InvalidInput | null> {
  if (stores === null && channels === null && categories === null) return null;
  const known = await sellsOf(reader, merchantId, stores ?? []);
  for (const [index, store] of (stores ?? []).entries()) {
    const unknown = defectOfStore(store, known.stores, `${field}.condition.stores.${index}`);
    if (unknown !== null) return invalidInput(unknown.code, unknown.field, unknown.parameters);
  }
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

/** Refuses prices for a category in which the merchant does not sell; each has those of its index. */
export async function checkCategoriesSold(
  reader: Reader,
  merchantId: string,
  prices: readonly (readonly string[])[],
): Promise<InvalidInput | null> {
  if (prices.every((categories) => categories.length === 0)) return null;
  const { categories: known } = await sellsOf(reader, merchantId, []);
  if (known.length === 0) return null;
  for (const [price, categories] of prices.entries()) {
    const index = categories.findIndex((category) => !known.includes(category));
    if (index < 0) continue;
    const path = `prices.${price}.categories.${index}`;
    const { code, parameters } = unknownCategory(categories[index] ?? '', known, path);
    return invalidInput(code, path, parameters);
  }
  return null;
}
