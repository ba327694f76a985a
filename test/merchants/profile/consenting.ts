import type { Caller } from '../../../shared/graphql/caller.ts';
import { serviceCaller } from '../../../shared/graphql/caller.ts';
import { freshKey, type World } from '../../support/world.ts';
import { deed } from '../standing.ts';

type Purpose = 'PROFILING' | 'MARKETING';
type Given = Readonly<Record<string, unknown>>;
type Asked = Readonly<{ as?: Caller; locale?: 'en' | 'zh-CN' }>;

/** Changes consents of members. Nothing is reckoned before the world settles. */
async function consent(
  world: World,
  verb: 'grantConsent' | 'withdrawConsent',
  memberIds: readonly string[],
  purposes: readonly Purpose[],
): Promise<void> {
  const changes = memberIds.flatMap((memberId) =>
    purposes.map((purpose) => ({ memberId, purpose })),
  );
  for (const { memberId, purpose } of changes) {
    const { [verb]: answer } = await world.data(
      `mutation ($input: ConsentInput!) { ${verb}(input: $input) {
        __typename ... on Refusal { code } } }`,
      { input: { idempotencyKey: freshKey(), memberId, purpose, policyVersion: '2026-01' } },
    );
    if (answer.code !== undefined) throw new Error(answer.code);
  }
}

/** The member agrees. */
export const agree = (world: World, memberId: string, ...purposes: Purpose[]) =>
  consent(world, 'grantConsent', [memberId], purposes);

export const agreeAll = (world: World, memberIds: readonly string[], ...purposes: Purpose[]) =>
  consent(world, 'grantConsent', memberIds, purposes);

export const withdraw = (world: World, memberId: string, ...purposes: Purpose[]) =>
  consent(world, 'withdrawConsent', [memberId], purposes);

/** Members, each of whom has bought a line of its own twice. */
export async function buyers(
  world: World,
  merchantId: string,
  lines: readonly Given[],
): Promise<string[]> {
  const purchases = lines.flatMap((line, customer) =>
    [1, 2].map((time) => ({
      row: 2 * customer + time,
      customer: `C${customer}`,
      orderNumber: `O${customer}-${time}`,
      purchasedAt: world.clock.now().toISOString(),
      lines: [line],
    })),
  );
  const input = { idempotencyKey: freshKey(), merchantId, purchases };
  await world.data(
    `mutation ($input: ImportPurchasesInput!) { importPurchases(input: $input) {
      ... on PurchasesImported { __typename } } }`,
    { input },
  );
  const found = await world.data(
    `query ($id: ID!) { purchases(first: 100, filter: { merchantId: { eq: $id } }) {
      nodes { orderNumber member { id } } } }`,
    { id: merchantId },
  );
  type Bought = { orderNumber: string; member: { id: string } };
  const ids = new Map(found.purchases.nodes.map((one: Bought) => [one.orderNumber, one.member.id]));
  return lines.map((_, customer) => String(ids.get(`O${customer}-1`)));
}

export const describe = (
  world: World,
  merchantId: string,
  goods: readonly Given[],
  asked: Asked = {},
) => deed(world, 'describeGoods', '... on InvalidInput { field }', { merchantId, goods }, asked);

/** An order of goods, one piece each. The default is 100.00 yuan for a line. */
export const buyGoods = (
  world: World,
  who: Readonly<{ memberId: string; merchantId: string; purchasedAt?: string }>,
  ...lines: readonly Given[]
) =>
  world.purchase({
    ...who,
    lines: lines.map((line) => ({ quantity: 1, amountMinor: 10_000, ...line })),
  });

const PROFILE = `merchant { id } orders averageAmount { amountMinor currency } reckonedAt
  preferences { kind value orders }
  activity { isRising recentOrders recentAmount { amountMinor } earlierOrders
    earlierAmount { amountMinor } explanation }`;

/** The profiles of a member as somebody sees them; null: there are none. */
export async function profilesOf(world: World, memberId: string, asked: Asked = {}) {
  const { data, errors } = await world.ask(
    `query ($id: ID!) { member(id: $id) { purchaseProfiles { ${PROFILE} } } }`,
    { id: memberId },
    asked,
  );
  return errors === undefined
    ? data.member.purchaseProfiles
    : { fault: errors[0]?.extensions.code };
}

/** The preferences of the only profile, such as `CATEGORY dress 2`. */
export async function preferencesOf(world: World, memberId: string): Promise<string[]> {
  const [profile] = (await profilesOf(world, memberId)) ?? [];
  type Preference = { kind: string; value: string; orders: number };
  return (profile?.preferences ?? []).map(
    ({ kind, value, orders }: Preference) => `${kind} ${value} ${orders}`,
  );
}

const SEGMENT = 'segment { id name description audience endedAt terms { categories isRising } }';

/** What `defineSegment` answers. The default is who often buys dresses. */
export const define = (world: World, merchantId: string, terms: Given = {}, asked: Asked = {}) =>
  deed(
    world,
    'defineSegment',
    `... on SegmentChanged { ${SEGMENT} } ... on InvalidInput { field }`,
    {
      merchantId,
      name: { zh: '连衣裙', en: 'Dresses' },
      terms: Object.keys(terms).length === 0 ? { categories: ['dress'] } : terms,
    },
    asked,
  );

/** What `publishPromotion` answers. The default is open for two weeks, for nobody in particular. */
export const promote = (world: World, merchantId: string, input: Given = {}, asked: Asked = {}) => {
  const now = world.clock.now().getTime();
  return deed(
    world,
    'publishPromotion',
    `... on PromotionChanged { promotion { id state title rule { id } segment { id } } }
     ... on NotLawful { findings { check field } } ... on InvalidInput { field }`,
    {
      merchantId,
      title: { zh: '连衣裙专区积分加倍', en: 'Twice the points on dresses' },
      text: { zh: '欢迎选购。', en: 'Come and see.' },
      from: new Date(now).toISOString(),
      until: new Date(now + 14 * 86_400_000).toISOString(),
      ...input,
    },
    asked,
  );
};

/** The promotions that a member is shown: their ids with the reason, whether personalised, and the note. */
export async function recommended(world: World, memberId: string, asked: Asked = {}) {
  const { data, errors } = await world.ask(
    `query ($memberId: ID!) { recommendedPromotions(memberId: $memberId) {
      isPersonalised note promotions { promotion { id } because } } }`,
    { memberId },
    asked,
  );
  if (errors !== undefined) return { fault: errors[0]?.extensions.code };
  const { promotions, ...rest } = data.recommendedPromotions;
  type Shown = { promotion: { id: string }; because: string | null };
  return { ...rest, promotions: promotions.map((one: Shown) => [one.promotion.id, one.because]) };
}

/** What the subgraph answers to whoever sends messages. */
export async function askAsService(world: World, query: string) {
  const { data, errors } = await world.embedded.transport('merchants', {
    query,
    call: { caller: serviceCaller('test'), locale: 'en', requestId: 'test', deadline: null },
  });
  return errors === undefined
    ? JSON.parse(JSON.stringify(data))
    : { fault: errors[0]?.extensions?.code };
}

/** Everybody to whom a promotion is sent, in pages of so many. */
export async function sentTo(world: World, promotionId: string, first = 200): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const answer: {
      promotionAudience: { memberIds: string[]; next: string | null };
      fault?: string;
    } = await askAsService(
      world,
      `{ promotionAudience(promotionId: "${promotionId}", first: ${first}
          ${after === null ? '' : `, after: "${after}"`}) { memberIds next } }`,
    );
    if (answer.fault !== undefined) throw new Error(answer.fault);
    ids.push(...answer.promotionAudience.memberIds);
    after = answer.promotionAudience.next;
  } while (after !== null);
  return ids;
}
