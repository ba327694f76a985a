import type { Caller } from '../../../shared/graphql/caller.ts';
import { asMerchant, freshKey, type World } from '../../support/world.ts';

const USE = `mutation ($input: UseVoucherInput!) { useVoucher(input: $input) {
  __typename
  ... on VoucherUsed { discount { amountMinor currency }
    redemption { id voucher { usedAt usedWith { orderNumber storeId } } } }
  ... on BelowThreshold { currency thresholdMinor countedMinor missingMinor }
  ... on OutOfScope { categories skus stores }
  ... on InvalidInput { field }
  ... on Refusal { code message } } }`;

type Using = Readonly<{ key?: string; at?: World; as?: Caller }>;

/** A merchant's counter, a member with points for many vouchers, and what they do. */
export async function openCounter(world: World) {
  const [merchantId, memberId] = [await world.merchant(), await world.member()];
  await world.purchase({ merchantId, memberId, amountMinor: 1_000_000 });

  /** A voucher of a reward of its own, that the member redeemed points for. */
  async function voucher({
    quantity = 1,
    ...reward
  }: Record<string, unknown> & { quantity?: number } = {}) {
    const rewardId = await world.reward({ merchantId, ...reward });
    return voucherOf(rewardId, quantity);
  }

  async function voucherOf(rewardId: string, quantity = 1) {
    const { redemption } = await world.redeem({ memberId, rewardId, quantity });
    return { rewardId, redemptionId: String(redemption.id), code: await codeOf(redemption.id) };
  }

  async function codeOf(redemptionId: string): Promise<string> {
    const QUERY = 'query ($id: ID!) { redemption(id: $id) { voucher { code } } }';
    return (await world.data(QUERY, { id: redemptionId })).redemption.voucher.code;
  }

  /** What `useVoucher` answers, asked for by the merchant. */
  async function use(
    voucherCode: string,
    order?: object,
    { key = freshKey(), at = world, as = asMerchant(merchantId) }: Using = {},
  ) {
    const input = { idempotencyKey: key, merchantId, voucherCode, ...(order && { order }) };
    return (await at.data(USE, { input }, { as })).useVoucher;
  }

  return { merchantId, memberId, voucher, voucherOf, codeOf, use };
}

export type Counter = Awaited<ReturnType<typeof openCounter>>;

/** An order of a till: `[sku, category, fen]` for each line. */
export const orderOf = (
  orderNumber: string,
  lines: readonly (readonly [string, string | null, number])[] = [],
  more: object = {},
) => ({
  orderNumber,
  lines: lines.map(([sku, category, amountMinor]) => ({ sku, category, amountMinor })),
  ...more,
});
