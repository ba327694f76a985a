import type { Caller } from '../../../shared/graphql/caller.ts';
import { freshKey, type World } from '../../support/world.ts';
import { deed } from '../standing.ts';

type Purpose = 'PROFILING' | 'MARKETING';
type Given = Readonly<Record<string, unknown>>;
type Asked = Readonly<{ as?: Caller; locale?: 'en' | 'zh-CN' }>;

const consent = async (
  world: World,
  verb: 'grantConsent' | 'withdrawConsent',
  memberId: string,
  purposes: readonly Purpose[],
): Promise<void> => {
  for (const purpose of purposes) {
    const { [verb]: answer } = await world.data(
      `mutation ($input: ConsentInput!) { ${verb}(input: $input) {
        __typename ... on Refusal { code } } }`,
      { input: { idempotencyKey: freshKey(), memberId, purpose, policyVersion: '2026-01' } },
    );
    if (answer.code !== undefined) throw new Error(answer.code);
  }
};

/** The member agrees. Nothing is reckoned before the world settles. */
export const agree = (world: World, memberId: string, ...purposes: Purpose[]) =>
  consent(world, 'grantConsent', memberId, purposes);

export const withdraw = (world: World, memberId: string, ...purposes: Purpose[]) =>
  consent(world, 'withdrawConsent', memberId, purposes);

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
