import { deed } from '../../merchants/standing.ts';
import { codeOf } from '../../merchants/tilling.ts';
import { asMember, asMerchant, type World } from '../../support/world.ts';

type Given = Readonly<Record<string, unknown>>;
type Asked = NonNullable<Parameters<typeof deed>[4]>;

const yuan = (amount: number) => ({ amountMinor: amount * 100, currency: 'CNY' });

/** What a merchant is answered that takes 20 yuan off a first order of 100 yuan and more. */
export const offerFirstOrder = (world: World, merchantId: string, input: Given = {}) =>
  deed(
    world,
    'publishFirstOrderOffer',
    '... on FirstOrderOfferChanged { offer { id } } ... on InvalidInput { field }',
    { merchantId, face: yuan(20), threshold: yuan(100), ...input },
    { as: asMerchant(merchantId) },
  );

/** What a member is answered who takes it. */
export const takeFirstOrder = (
  world: World,
  memberId: string,
  offerId: string,
  asked: Asked = { as: asMember(memberId) },
) =>
  deed(
    world,
    'takeFirstOrderVoucher',
    '... on FirstOrderVoucherTaken { voucher { id code validUntil usedAt } }',
    { memberId, offerId },
    asked,
  );

/** What the counter of a merchant is answered that uses it with an order of so many yuan. */
export const useFirstOrder = (
  world: World,
  merchantId: string,
  voucherCode: string,
  { orderNumber = 'F-1', total = 100, ...input }: Given & { total?: number } = {},
) =>
  deed(
    world,
    'useVoucher',
    `... on FirstOrderVoucherUsed { discount { amountMinor } voucher { usedWith { orderNumber } code } }
     ... on BelowThreshold { missingMinor } ... on InvalidInput { field }`,
    { merchantId, voucherCode, order: { orderNumber, total: yuan(total) }, ...input },
    { as: asMerchant(merchantId) },
  );

/** What a till is told that quotes an order of so many yuan for a member. */
export async function quotedFirstOrder(
  world: World,
  merchantId: string,
  memberId: string,
  total = 100,
) {
  const { quoteOrder } = await world.data(
    `query ($input: QuoteOrderInput!) { quoteOrder(input: $input) { ... on OrderQuote {
      vouchers { validUntil } firstOrderVoucher { discount { amountMinor } } } } }`,
    {
      input: {
        merchantId,
        memberCode: await codeOf(world, memberId),
        lines: [{ sku: 'A', amountMinor: total * 100 }],
      },
    },
    { as: asMerchant(merchantId) },
  );
  return quoteOrder;
}
