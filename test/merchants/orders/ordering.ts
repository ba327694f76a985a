import type { Caller } from '../../../shared/graphql/caller.ts';
import { freshKey, type World } from '../../support/world.ts';
import { rule } from '../rules/publishing.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;

/** What tests look at of an order. */
export const ORDER = `id status total { amountMinor } returned { amountMinor }
  cancellation { reason reversedPoints cancelledBy }
  amendments { number kind reason difference { amountMinor } givenPoints reversedPoints amendedBy
    linesBefore { number sku amountMinor } linesAfter { number sku amountMinor } }
  events { event occurredAt releasedAt }
  lines { number sku category quantity returnedQuantity amountMinor certificateNumber }
  awards { points reversedPoints qualifyingPoints isPosted lineNumbers rule { id } }`;

const CLAIM = `claim { id state dueAt answer isFinal
  purchase { id orderNumber purchasedAt awards { points } } }`;

const FIELDS: Readonly<Record<string, string>> = {
  recordPurchaseEvent: `... on PurchaseEventRecorded { purchase { ${ORDER} } }`,
  clearVestingHold: '... on VestingHoldDecided { hold { state reason } }',
  linkVestingHold: '... on VestingHoldDecided { hold { state caseId } }',
  claimPoints: `... on OrderRecorded { purchase { orderNumber } }
    ... on PointsClaimed { ${CLAIM} }`,
  escalateClaim: `... on PointsClaimed { ${CLAIM} }`,
  acceptClaim: `... on ClaimDecided { ${CLAIM} }`,
  declineClaim: `... on ClaimDecided { ${CLAIM} }`,
  cancelPurchase: `... on PurchaseWasCancelled { reversedPoints purchase { ${ORDER} } }`,
  upgradePurchase: `... on NotAnUpgrade { field }
    ... on PurchaseAmended { amendment { givenPoints reversedPoints } purchase { ${ORDER} } }`,
  correctPurchase: `... on PurchaseAmended { amendment { givenPoints reversedPoints }
    purchase { ${ORDER} } }`,
};

type Asked = Readonly<{ as?: Caller; locale?: 'en' | 'zh-CN' }>;

/** Does something with an order, and answers what was answered; a fault as its code. */
export async function doing(
  world: World,
  name: string,
  input: Readonly<Record<string, unknown>>,
  asked: Asked = {},
): Promise<Data> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await world.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename
      ... on Refusal { code message } ${invalid(name)} ${FIELDS[name]} } }`,
    { input: { idempotencyKey: freshKey(), ...input } },
    asked,
  );
  return errors === undefined ? data[name] : { fault: errors[0]?.extensions.code };
}

const invalid = (name: string): string =>
  name === 'linkVestingHold' ? '' : '... on InvalidInput { field }';

export async function orderAs(world: World, id: string, as?: Caller): Promise<Data> {
  const { purchase } = await world.data(
    `query ($id: ID!) { purchase(id: $id) { ${ORDER} } }`,
    { id },
    as && { as },
  );
  return purchase;
}

/** A merchant with a rule that pays a point more for each yuan, good when an event happens. */
export async function waitingShop(world: World, event = 'DELIVERED') {
  const [merchantId, memberId] = [await world.merchant(), await world.member()];
  const ruleId = await rule(world, merchantId, {
    award: { kind: 'MULTIPLIER', factor: { numerator: 2, denominator: 1 }, group: null },
    vesting: { kind: 'ON_EVENT', event },
  });
  return { merchantId, memberId, ruleId };
}

export const walletOf = async (world: World, memberId: string): Promise<Data> => {
  const { member } = await world.data(
    `query ($id: ID!) { member(id: $id) { qualifyingPoints
      wallet { available pending byUnit { unit available debt } } } }`,
    { id: memberId },
  );
  const { available, pending } = member.wallet;
  return { available, pending, qualifyingPoints: member.qualifyingPoints };
};
