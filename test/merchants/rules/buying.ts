import { freshKey, type World } from '../../support/world.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;

const AWARD = `points qualifyingPoints reversedPoints lineNumbers isPosted isLate vestsOn vestsOnEvent
  expiresOn issuer { id } rule { id ruleVersion title } programme { unit }`;

/** The purchase that was recorded. The default is one line of 100.00 yuan. */
export async function buy(world: World, input: Record<string, unknown>): Promise<Data> {
  const { recordPurchase } = await world.data(
    `mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) {
      __typename ... on PurchaseRecorded { purchase { id tier awards { ${AWARD} } } }
      ... on Refusal { code message } } }`,
    {
      input: {
        idempotencyKey: freshKey(),
        orderNumber: freshKey(),
        lines: [{ sku: 'A', amountMinor: 10_000 }],
        ...input,
      },
    },
  );
  if (recordPurchase.purchase === undefined) throw new Error(JSON.stringify(recordPurchase));
  return recordPurchase.purchase;
}

/** The awards of a purchase as they are now. */
export async function awardsOf(world: World, id: string): Promise<Data[]> {
  const { purchase } = await world.data(
    `query ($id: ID!) { purchase(id: $id) { awards { ${AWARD} } } }`,
    { id },
  );
  return purchase.awards;
}

/** What an order would earn. */
export async function quote(
  world: World,
  input: Record<string, unknown>,
  locale: 'en' | 'zh-CN' = 'en',
): Promise<Data> {
  const { quoteAccrual } = await world.data(
    `query ($input: QuoteAccrualInput!) { quoteAccrual(input: $input) {
      awards { points qualifyingPoints lineNumbers explanation rule { id }
        reasons { code message } }
      notApplied { rule { id } reasons { code message } } } }`,
    { input: { lines: [{ sku: 'A', amountMinor: 10_000 }], ...input } },
    { locale },
  );
  return quoteAccrual;
}

/** A wallet with all that tests look at. */
export async function points(world: World, memberId: string): Promise<Data> {
  const { member } = await world.data(
    `query ($id: ID!) { member(id: $id) { qualifyingPoints wallet { available pending
      byUnit { unit available } lots { unit points expiresOn issuer { id } } } } }`,
    { id: memberId },
  );
  return member;
}

/** A certificate of a merchant's product, good in 2026 and 2027. */
export async function certify(
  world: World,
  merchantId: string,
  sku: string,
  validUntil = '2027-12-31',
): Promise<string> {
  const number = freshKey();
  await world.data(
    `mutation ($input: RegisterGreenCertificateInput!) { registerGreenCertificate(input: $input) {
      __typename } }`,
    {
      input: {
        idempotencyKey: freshKey(),
        number,
        label: 'GREEN_PRODUCT',
        body: 'Body',
        merchantId,
        validFrom: '2026-01-01',
        validUntil,
        skus: [sku],
      },
    },
  );
  return number;
}
