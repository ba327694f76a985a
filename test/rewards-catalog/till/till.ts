import type { Caller } from '../../../shared/graphql/caller.ts';
import { codeOf } from '../../merchants/tilling.ts';
import { asMerchant, freshKey, type World } from '../../support/world.ts';
import { patiently } from './patiently.ts';

const REFUSED = '... on Refusal { code message } ... on InvalidInput { field }';

const QUOTE = `query ($input: QuoteOrderInput!) { quoteOrder(input: $input) { __typename
  ... on OrderQuote { toPay { amountMinor }
    lines { number sku category toPayMinor }
    vouchers { reward { id } validUntil discount { amountMinor } redemption { id voucher { code } } }
    pointsOffer { reward { id } unit points amount { amountMinor } stepPoints stepAmount { amountMinor } } }
  ... on Refusal { code } } }`;
const PAY = `mutation ($input: PayWithPointsInput!) { payWithPoints(input: $input) { __typename
  ... on PaidWithPoints { paid { amountMinor } toPay { amountMinor } lines
    redemption { id status points quantity } }
  ... on RedemptionPending { redemption { id status } }
  ... on InsufficientPoints { missing } ... on MoreThanBillAllows { mostPoints } ${REFUSED} } }`;
const UNDO = `mutation ($input: UndoPointsPaymentInput!) { undoPointsPayment(input: $input) { __typename
  ... on PointsPaymentUndone { redemption { id status } } ... on Refusal { code message } } }`;
const RECORD = `mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) { __typename
  ... on PurchaseRecorded { purchase { id total { amountMinor } paidWithPoints { amountMinor }
    pointsPayment { id points } awards { points } } } ${REFUSED} } }`;
const RETURN = `mutation ($input: ReturnPurchaseInput!) { returnPurchase(input: $input) { __typename ${REFUSED} } }`;

type Asked = { as?: Caller; locale?: 'en' | 'zh-CN' };

/** A shop whose till takes points: 4 fen for 5 of them, for half of a bill at most. */
export async function openTill(world: World, terms: Record<string, unknown> = {}) {
  const merchantId = await world.merchant({ name: 'Till' });
  const rewardId = await world.reward({
    ...{ merchantId, kind: 'BILL_OFFSET', points: 5 },
    ...{ title: { zh: '积分抵扣', en: 'Points for the bill' }, ...terms },
    cashPrice: { amountMinor: 4, currency: 'CNY' },
  });
  const as = asMerchant(merchantId);
  const asked = async (name: string, document: string, input: object, options: Asked = {}) => {
    const variables = { input: { idempotencyKey: freshKey(), merchantId, ...input } };
    return patiently(async () => {
      const { data, errors } = await world.ask(document, variables, { as, ...options });
      const fault = errors?.[0]?.extensions.code;
      if (/SUBGRAPH_/.test(String(fault))) throw new Error(fault);
      return fault === undefined ? data[name] : { fault };
    });
  };

  return {
    merchantId,
    rewardId,
    /** What a quote tells of vouchers and points. */
    quote: async (input: object, options: Asked = {}) => {
      const variables = { input: { merchantId, ...input } };
      return (await patiently(() => world.data(QUOTE, variables, { as, ...options }))).quoteOrder;
    },
    /** Pays with points of a member who shows a fresh code, unless `memberCode` is given. */
    pay: async (
      { memberId, ...input }: { memberId?: string } & Record<string, unknown>,
      options: Asked = {},
    ) => {
      const memberCode = memberId === undefined ? 'none' : await codeOf(world, memberId);
      const whole = { memberCode, rewardId, orderNumber: freshKey(), lines: [10_000], ...input };
      return asked('payWithPoints', PAY, whole, options);
    },
    undo: (orderNumber: string, options: Asked = {}) =>
      asked('undoPointsPayment', UNDO, { orderNumber }, options),
    record: (input: object, options: Asked = {}) => asked('recordPurchase', RECORD, input, options),
    giveBack: async (purchaseId: string, lines: object[]) => {
      const input = { idempotencyKey: freshKey(), purchaseId, lines };
      return (await patiently(() => world.data(RETURN, { input }, { as }))).returnPurchase;
    },
  };
}

export type Till = Awaited<ReturnType<typeof openTill>>;

/** An order of so many fen of which points pay a part, recorded. */
export async function paidOrder(
  till: Till,
  memberId: string,
  { points, lines }: { points: number; lines: { quantity: number; amountMinor: number }[] },
) {
  const orderNumber = freshKey();
  const amounts = lines.map(({ amountMinor }) => amountMinor);
  const paid = await till.pay({ memberId, orderNumber, points, lines: amounts });
  const recorded = await till.record({
    ...{ memberId, orderNumber, pointsPayment: paid.redemption.id },
    lines: lines.map(({ quantity }, index) => ({ quantity, amountMinor: paid.lines[index] })),
  });
  return {
    orderNumber,
    redemptionId: String(paid.redemption.id),
    purchaseId: String(recorded.purchase.id),
  };
}
