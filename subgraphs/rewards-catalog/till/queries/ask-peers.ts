import { type Caller, hasRole } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import { PeerFailure, type Peers } from '../../../../shared/graphql/peers.ts';
import type { Call } from '../../../../shared/graphql/request.ts';

type Asking = Readonly<{ peers: Peers; call?: Pick<Call, 'requestId' | 'deadline'> | undefined }>;

/** Whose code it is, as members says. */
export type CodeBearer = Readonly<{ memberId: string | null; isExpired: boolean }>;

/** How a merchant stands at its till; `purchaseId`: the order is recorded already. */
export type TillStanding = Readonly<{
  status: 'ACTIVE' | 'SUSPENDED';
  /** Whether whoever asks may take orders there. */
  mayTake: boolean;
  purchaseId: string | null;
  /** By which points paid a part of it, as it is recorded. */
  pointsPaymentId: string | null;
}>;

/** Asks members. Throws SUBGRAPH_UNAVAILABLE when it does not answer. */
export async function bearerOf({ peers, call }: Asking, code: string): Promise<CodeBearer> {
  const query = 'query ($code: String!) { bearerOfCode(code: $code) { memberId isExpired } }';
  const ask = () => peers.ask<{ bearerOfCode: CodeBearer }>('members', query, { code }, call);
  return (await reached(ask, 'MEMBERS_UNREACHABLE')).bearerOfCode;
}

type AskedOrder = Readonly<{ merchantId: string; orderNumber: string; storeId: string | null }>;

const STANDING = `query ($merchantId: ID!, $orderNumber: String!, $subject: String, $storeId: String) {
  tillStanding(merchantId: $merchantId, orderNumber: $orderNumber, subject: $subject, storeId: $storeId) {
    status mayTake purchaseId pointsPaymentId } }`;

/** Asks merchants; null: there is no such merchant. Throws SUBGRAPH_UNAVAILABLE when it does not answer. */
export async function tillStanding(
  { peers, call }: Asking,
  asked: AskedOrder,
  caller: Caller | null,
): Promise<TillStanding | null> {
  // Who is no staff of the merchant has the whole alliance behind her.
  const subject = caller === null || hasRole(caller, 'OPERATOR') ? null : caller.subject;
  const ask = () =>
    peers.ask<{ tillStanding: TillStanding | null }>(
      'merchants',
      STANDING,
      { ...asked, subject },
      call,
    );
  return (await reached(ask, 'MERCHANTS_UNREACHABLE')).tillStanding;
}

/** What she can spend of a unit. Throws PeerFailure when the ledger does not answer. */
export async function availableOf(
  { peers, call }: Asking,
  memberId: string,
  unit: string,
): Promise<number> {
  type Wallet = { byUnit: { unit: string; available: number }[] };
  const { _entities } = await peers.ask<{ _entities: ({ wallet: Wallet | null } | null)[] }>(
    'points-ledger',
    `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on Member { wallet { byUnit { unit available } } } } }`,
    { r: [{ __typename: 'Member', id: memberId }] },
    call,
  );
  const held = _entities[0]?.wallet?.byUnit ?? [];
  return held.find((one) => one.unit === unit)?.available ?? 0;
}

async function reached<T>(ask: () => Promise<T>, code: string): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', code);
    throw error;
  }
}
