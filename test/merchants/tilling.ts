import { assert } from '../../shared/assert.ts';
import type { Caller } from '../../shared/graphql/caller.ts';
import { asMember, asMerchant, type World } from '../support/world.ts';
import { deed } from './standing.ts';

type Asked = { as?: Caller; locale?: 'en' | 'zh-CN' };

/** A code as a member shows it. */
export async function codeOf(world: World, memberId: string): Promise<string> {
  const { me } = await world.data('{ me { code { code } } }', {}, { as: asMember(memberId) });
  return me.code.code;
}

const PRICE = 'tierBenefit { price { tier part of text } saved { amountMinor } programme { id } }';

/** What `quoteOrder` answers to the merchant's till. The default is one line of 100.00 yuan. */
export async function quote(
  world: World,
  merchantId: string,
  input: Record<string, unknown> = {},
  { as = asMerchant(merchantId), locale = 'en' }: Asked = {},
) {
  const { data, errors } = await world.ask(
    `query ($input: QuoteOrderInput!) { quoteOrder(input: $input) { __typename
      ... on OrderQuote { id quotedAt merchant { id } member { id displayName phoneEnding tier { code } }
        total { amountMinor currency } toPay { amountMinor currency } ${PRICE}
        lines { number amountMinor toPayMinor } points { unit points }
        accrual { issuing { isIssuing code } awards { points explanation }
          notApplied { reasons { code } } } }
      ... on Refusal { code message } ... on InvalidInput { field } } }`,
    { input: { merchantId, lines: [{ sku: 'A', amountMinor: 10_000 }], ...input } },
    { as, locale },
  );
  return errors === undefined ? data.quoteOrder : { fault: errors[0]?.extensions.code };
}

/** Publishes what members pay by tier. */
export const publishPrices = (
  world: World,
  programmeId: string,
  prices: readonly Record<string, unknown>[],
  { effectiveAt, ...asked }: Asked & { effectiveAt?: string } = {},
) =>
  deed(
    world,
    'publishTierPrices',
    `... on TierPricesPublished { programme { ${PRICES} } }
     ... on InvalidInput { field } ... on NoticeTooShort { earliest days }`,
    { programmeId, prices, ...(effectiveAt && { effectiveAt }) },
    asked,
  );

const ONE = 'version effectiveAt prices { tier part of }';
const PRICES = `tierPrices { ${ONE} } nextTierPrices { ${ONE} }`;

/** The first programme of a merchant. */
export async function programmeOf(world: World, merchantId: string): Promise<string> {
  const { merchant } = await world.data(
    'query ($id: ID!) { merchant(id: $id) { programmes { id } } }',
    { id: merchantId },
  );
  const id = merchant.programmes[0]?.id;
  assert(typeof id === 'string', 'the merchant has a programme');
  return id;
}
