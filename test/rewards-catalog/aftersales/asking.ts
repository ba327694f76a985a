import type { Caller } from '../../../shared/graphql/caller.ts';
import type { Locale } from '../../../shared/graphql/wording.ts';
import { asMember, asMerchant, freshKey, operator, type World } from '../../support/world.ts';
import { memberWithPoints } from '../stocks.ts';

type Options = Readonly<{ as?: Caller; key?: string; locale?: Locale }>;

const redemption = (kind: string): string => `... on ${kind} { redemption { id status } }`;

const ANSWERS: Readonly<Record<string, string>> = {
  cancelRedemption: redemption('RedemptionCancelled') + redemption('RedemptionPending'),
  fulfilRedemption: redemption('RedemptionFulfilled'),
  declineRedemption: redemption('RedemptionDeclined'),
  exchangeRedemption: redemption('RedemptionExchanged'),
  returnRedemption: `... on RedemptionReturned { redemption { id status }
    return { status grounds quantity points feePoints compensationPoints completedAt
      cashRefund { amountMinor currency } } }`,
};

/** Asks for one of the mutations of after-sales, as an operator unless said otherwise. */
export async function change(
  world: World,
  name: string,
  input: Record<string, unknown>,
  { as = operator, key = freshKey(), locale = 'en' }: Options = {},
) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const data = await world.data(
    `mutation ($input: ${type}Input!) { ${name}(input: $input) {
      __typename ${ANSWERS[name]} ... on Refusal { code message } } }`,
    { input: { idempotencyKey: key, ...input } },
    { as, locale },
  );
  return data[name];
}

/** What a return would come to. */
export async function quoteReturn(
  world: World,
  input: Record<string, unknown>,
  as: Caller = operator,
) {
  const data = await world.data(
    `query ($input: QuoteReturnInput!) { quoteReturn(input: $input) { __typename
      ... on ReturnQuote { quantity points feePoints compensationPoints lastDay
        cashRefund { amountMinor currency } }
      ... on Refusal { code message } } }`,
    { input },
    { as },
  );
  return data.quoteReturn;
}

/** A redemption as its member sees it. */
export async function redemptionOf(world: World, id: string, locale: Locale = 'en') {
  const { redemption } = await world.data(
    `query ($id: ID!) { redemption(id: $id) { status quantity points fulfilBy completedAt returnedQuantity
      voucher { code usedAt } timeline { kind at reason quantity points } } }`,
    { id },
    { locale },
  );
  return redemption;
}

export const kindsOf = (redemption: { timeline: { kind: string }[] }): string[] =>
  redemption.timeline.map(({ kind }) => kind);

/** A redemption of a new member at a new merchant, who has 1,000 points left and nine pieces in stock. */
export async function redeemed(
  world: World,
  { quantity = 1, ...reward }: Record<string, unknown> & { quantity?: number } = {},
) {
  const points = 100 * quantity + 1_000;
  const { merchantId, memberId } = await memberWithPoints(world, points);
  const rewardId = await world.reward({ merchantId, points: 100, stock: 9 + quantity, ...reward });
  const idempotencyKey = freshKey();
  const redeem = () => world.redeem({ idempotencyKey, memberId, rewardId, quantity });
  const { redemption } = await redeem();
  const asHer = asMember(memberId);
  return {
    ...{ merchantId, memberId, rewardId, redeem, points, asHer },
    ...{ asShop: asMerchant(merchantId), redemptionId: redemption.id as string },
  };
}

/** Uses the voucher of a redemption at the counter of its merchant. */
export async function useVoucher(world: World, merchantId: string, voucherCode: string) {
  const data = await world.data(
    `mutation ($input: UseVoucherInput!) { useVoucher(input: $input) {
      __typename ... on Refusal { code message } } }`,
    { input: { idempotencyKey: freshKey(), merchantId, voucherCode } },
    { as: asMerchant(merchantId) },
  );
  return data.useVoucher;
}
