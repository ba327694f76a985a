import { hash } from 'node:crypto';
import { createLocalJWKSet, type JWTPayload, jwtVerify } from 'jose';
import type { Caller } from '../../../shared/graphql/caller.ts';
import { asMerchant, freshKey, type World } from '../../support/world.ts';

const LIST = `query ($merchantId: ID!, $storeId: String, $after: ID) {
  offlineVouchers(merchantId: $merchantId, storeId: $storeId, after: $after) { __typename
    ... on OfflineVouchers { listId list issuedAt expiresAt count next }
    ... on Refusal { code } } }`;

const REPORT = `mutation ($input: ReportOfflineUsesInput!) { reportOfflineUses(input: $input) {
  __typename
  ... on OfflineUsesReported { uses { id status conflict breach message orderNumber
    redemption { id } } }
  ... on InvalidInput { field }
  ... on Refusal { code message } } }`;

/** The page of the list that begins after `after`. */
export async function listOf(
  world: World,
  merchantId: string,
  { storeId = null, after = null }: { storeId?: string | null; after?: string | null } = {},
) {
  const variables = { merchantId, storeId, after };
  return (await world.data(LIST, variables, { as: asMerchant(merchantId) })).offlineVouchers;
}

/** What a till that believes one key alone reads in a list; throws when it does not believe it. */
export async function believed(world: World, merchantId: string, list: string) {
  const { offlineListKey } = await world.data('{ offlineListKey }');
  const keys = createLocalJWKSet({ keys: [JSON.parse(offlineListKey)] });
  const { payload } = await jwtVerify<JWTPayload & Listed>(list, keys, {
    audience: merchantId,
    typ: 'tongdui-vouchers+jwt',
    currentDate: world.clock.now(),
  });
  /** The line of a code that was scanned. */
  const find = (code: string) => {
    const wanted = hash('sha256', `${payload.jti} ${code}`).slice(0, 32);
    return payload.vouchers.find(([listed]) => listed === wanted) ?? null;
  };
  return { payload, find };
}

type Listed = {
  store: string | null;
  rewards: Record<string, Record<string, unknown>>;
  vouchers: [
    hash: string,
    rewardId: string,
    until: string,
    quantity: number,
    from: string | null,
  ][];
};

export type Use = Readonly<{ voucherCode: string; usedAt: string; order: object }>;

/** What `reportOfflineUses` answers. */
export async function report(
  world: World,
  merchantId: string,
  listId: string,
  uses: readonly Use[],
  { key = freshKey(), as = asMerchant(merchantId) }: { key?: string; as?: Caller } = {},
) {
  const input = { idempotencyKey: key, merchantId, listId, uses };
  return (await world.data(REPORT, { input }, { as })).reportOfflineUses;
}
