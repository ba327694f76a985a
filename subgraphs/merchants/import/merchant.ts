import type { Locale, Parameters } from '../../../shared/graphql/wording.ts';
import { sha256 } from '../../../shared/identifiers.ts';
import { documentKinds, type MappedDocument, type MappedMerchant } from './mapping.ts';
import { Unusable } from './unusable.ts';

/** Asks the graph in the language of whoever imports. Throws when there is any error. */
// biome-ignore lint/suspicious/noExplicitAny: each caller states the shape of its own document.
export type Ask = (query: string, variables: Readonly<Record<string, unknown>>) => Promise<any>;

/** The seller of a file. `id` is null in a dry run when she is not there yet. */
export type Seller = Readonly<{
  id: string | null;
  name: string;
  isNew: boolean;
  /** Until which day whoever imports has declared its documents; null: they are its own. */
  declaredUntil: string | null;
}>;

type Setting = Readonly<{
  ask: Ask;
  currency: string;
  isDryRun: boolean;
  locale: Locale;
  now: () => Date;
}>;

/** Finds the merchant of a mapping, or makes it when it has a name that nobody has. Throws Unusable. */
export async function findOrMakeSeller(
  merchant: MappedMerchant,
  setting: Setting,
): Promise<Seller> {
  const found = await findSeller(merchant, setting.ask);
  if (found !== null) return found;
  if ('id' in merchant) throw new Unusable('IMPORT_MERCHANT_NOT_FOUND', { id: merchant.id });
  const { name } = merchant;
  const names = typeof name === 'string' ? { zh: name, en: name } : name;
  const shown = setting.locale === 'zh-CN' ? names.zh : names.en;
  if (setting.isDryRun) return { id: null, name: shown, isNew: true, declaredUntil: null };
  const declared = merchant.documents === undefined ? declaredDocuments(setting.now()) : null;
  const { points, minor } = merchant.earn;
  const { onboardMerchant } = await setting.ask(
    `mutation ($input: OnboardMerchantInput!) { onboardMerchant(input: $input) {
      ... on MerchantOnboarded { merchant { id } } ... on Refusal { code message } } }`,
    {
      input: {
        // The same name is the same merchant, also when two imports start at once.
        idempotencyKey: `import-merchant:${sha256(JSON.stringify(names))}`,
        name: names,
        industry: merchant.industry,
        price: { amountMinor: merchant.price.fen, currency: 'CNY' },
        pricePoints: merchant.price.points,
        documents: merchant.documents ?? declared,
        channels: merchant.channels,
        programmes: [
          {
            name: { zh: `${names.zh}积分`, en: `${names.en} points` },
            earnPoints: points,
            earnPer: { amountMinor: minor, currency: setting.currency },
            expiryMonths: merchant.expiryMonths,
          },
        ],
      },
    },
  );
  if (onboardMerchant.merchant === undefined) throw refusedBy(onboardMerchant);
  const declaredUntil = declared?.[0]?.expiresOn ?? null;
  return { id: onboardMerchant.merchant.id, name: shown, isNew: true, declaredUntil };
}

/**
 * What whoever imports a file declares of the merchant that it makes: good until the end of the next year, to be
 * followed by the real ones until then.
 */
function declaredDocuments(now: Date): readonly MappedDocument[] {
  const year = now.getUTCFullYear();
  return documentKinds.map((kind) => ({
    kind,
    number: `IMPORT-${year}`,
    issuingBody: '导入者声明 / declared at import',
    issuedOn: `${year}-01-01`,
    expiresOn: `${year + 1}-12-31`,
  }));
}

async function findSeller(merchant: MappedMerchant, ask: Ask): Promise<Seller | null> {
  if ('id' in merchant) {
    const query = 'query ($id: ID!) { merchant(id: $id) { id name } }';
    const { merchant: found } = await ask(query, { id: merchant.id });
    return found === null ? null : { ...found, isNew: false, declaredUntil: null };
  }
  const { name } = merchant;
  const filter =
    typeof name === 'string'
      ? { or: [{ nameZh: { eq: name } }, { nameEn: { eq: name } }] }
      : { nameZh: { eq: name.zh }, nameEn: { eq: name.en } };
  const { merchants } = await ask(
    'query ($filter: MerchantFilter) { merchants(filter: $filter, first: 2) { nodes { id name } } }',
    { filter },
  );
  const [found, second] = merchants.nodes;
  if (second !== undefined) throw new Unusable('MERCHANT_NAME_AMBIGUOUS', { name: found.name });
  return found === undefined ? null : { ...found, isNew: false, declaredUntil: null };
}

/** A refusal of the graph, which has said in words why. */
export const refusedBy = ({ message }: Readonly<{ message: string }>): Unusable =>
  new Unusable('IMPORT_REFUSED', { message } satisfies Parameters);
