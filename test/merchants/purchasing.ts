import type { Caller } from '../../shared/graphql/caller.ts';
import { freshKey, type World } from '../support/world.ts';

type Asked = { as?: Caller; locale?: 'en' | 'zh-CN' };

/** What tests look at of a purchase. */
const PURCHASE = `id orderNumber purchasedAt recordedAt total { amountMinor currency }
  returned { amountMinor } merchant { id name } member { id }
  lines { number sku quantity returnedQuantity amountMinor }
  awards { points reversedPoints isPosted programme { unit version } }`;

/** What `recordPurchase` answers. The default is one line of 100.00 yuan. */
export async function record(
  world: World,
  input: Record<string, unknown>,
  { as, locale }: Asked = {},
) {
  const { data, errors } = await world.ask(
    `mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) {
      __typename ... on PurchaseRecorded { purchase { ${PURCHASE} } }
      ... on Refusal { code message } ... on InvalidInput { field } } }`,
    {
      input: {
        idempotencyKey: freshKey(),
        orderNumber: freshKey(),
        lines: [{ sku: 'A', amountMinor: 10_000 }],
        ...input,
      },
    },
    { ...(as && { as }), ...(locale && { locale }) },
  );
  return errors === undefined ? data.recordPurchase : { fault: errors[0]?.extensions.code };
}

/** What `returnPurchase` answers. */
export async function bringBack(
  world: World,
  purchaseId: string,
  lines: readonly Record<string, unknown>[],
  {
    as,
    locale,
    grounds,
    idempotencyKey = freshKey(),
  }: Asked & { idempotencyKey?: string; grounds?: string } = {},
) {
  const { returnPurchase } = await world.data(
    `mutation ($input: ReturnPurchaseInput!) { returnPurchase(input: $input) {
      __typename ... on PurchaseReturned { reversedPoints purchase { ${PURCHASE} } }
      ... on Refusal { code message } ... on InvalidInput { field }
      ... on ReturnExceedsPurchase { field }
      ... on ReturnWindowClosed { lastDay days stillPossible } } }`,
    { input: { idempotencyKey, purchaseId, lines, ...(grounds && { grounds }) } },
    { ...(as && { as }), ...(locale && { locale }) },
  );
  return returnPurchase;
}

export async function suspend(world: World, merchantId: string): Promise<void> {
  await world.data(
    `mutation ($input: SuspendMerchantInput!) { suspendMerchant(input: $input) { __typename } }`,
    { input: { idempotencyKey: freshKey(), merchantId, reason: 'Licence expired' } },
  );
}

/** A purchase as somebody sees it, or null. */
export async function purchaseAs(world: World, id: string, as?: Caller) {
  const { purchase } = await world.data(
    `query ($id: ID!) { purchase(id: $id) { ${PURCHASE} } }`,
    { id },
    as && { as },
  );
  return purchase;
}

/** How many purchases there are. */
export async function countPurchases(world: World): Promise<number> {
  const { purchases } = await world.data('{ purchases(first: 1) { totalCount } }');
  return purchases.totalCount;
}
