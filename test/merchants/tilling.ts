import { assert } from '../../shared/assert.ts';
import type { Caller } from '../../shared/graphql/caller.ts';
import { asMember, asMerchant, type World } from '../support/world.ts';
import { secondOperator } from './rules/life-cycle.ts';
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

type Prices = readonly Record<string, unknown>[];

const INVALID = '... on InvalidInput { field } ... on NoticeTooShort { earliest days }';

/** What one person is answered who proposes what members pay by tier. */
export const proposePrices = (
  world: World,
  programmeId: string,
  prices: Prices,
  { effectiveAt, ...asked }: Asked & { effectiveAt?: string } = {},
) =>
  deed(
    world,
    'proposeTierPrices',
    `... on TierPricesProposed { proposal { id prices { tier part of } effectiveAt proposedBy } } ${INVALID}`,
    { programmeId, prices, ...(effectiveAt && { effectiveAt }) },
    asked,
  );

/** What another person is answered who publishes them. */
export const confirmPrices = (
  world: World,
  proposalId: string,
  asked: Asked = { as: secondOperator },
) =>
  deed(
    world,
    'publishTierPrices',
    `... on TierPricesPublished { programme { ${PRICES} } } ${INVALID}`,
    { proposalId },
    asked,
  );

/** Publishes what members pay by tier, or says why it is not even proposed. */
export async function publishPrices(
  world: World,
  programmeId: string,
  prices: Prices,
  asked: Asked & { effectiveAt?: string } = {},
) {
  const { proposal, ...refusal } = await proposePrices(world, programmeId, prices, asked);
  return proposal === undefined ? refusal : confirmPrices(world, proposal.id);
}

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

export const CHANNELS = 'query ($id: ID!) { merchant(id: $id) { channels } }';

/** What `declareChannels` answers to the merchant's staff. */
export const declare = (
  world: World,
  merchantId: string,
  channels: string[],
  as = asMerchant(merchantId),
) =>
  deed(
    world,
    'declareChannels',
    '... on ChannelsDeclared { merchant { channels } } ... on InvalidInput { field }',
    { merchantId, channels },
    { as },
  );

/** Where and how orders were made, in the columns of a shop of its own words. */
export const MAPPING = {
  merchant: { name: { zh: '老张饭店', en: 'Zhang' }, channels: ['STORE', 'PHONE'] },
  columns: {
    customer: '会员',
    orderNumber: '单号',
    date: { column: '时间', format: 'yyyy/M/d H:mm' },
    amount: '金额',
    store: '门店',
    channel: '渠道',
    region: '地区',
    paymentInstrument: '支付',
  },
};

export const FILE = `会员,单号,时间,金额,门店,渠道,地区,支付
k1,1,2026/11/1 12:00,10.00,EAST,PHONE,310000,GREEN_CARD
k1,1,2026/11/1 12:00,20.00,EAST,PHONE,310000,GREEN_CARD
k2,2,2026/11/1 12:30,30.00,,,,
k3,3,2026/11/1 12:40,40.00,EAST,TELEPATHY,,
k4,4,2026/11/1 12:50,50.00,EAST,STORE,,CASH
k4,4,2026/11/1 12:50,60.00,EAST,PHONE,,CASH
`;

/** What becomes of the rows of `FILE`. */
export const EXPECTED = {
  rows: 6,
  rejectedRows: 2,
  recorded: 3,
  points: 110,
  problems: { CHANNEL_UNKNOWN: 1, ORDER_HAS_OTHER_SETTING: 1 },
};
