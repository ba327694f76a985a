import { fault } from '../../../../shared/graphql/faults.ts';
import { PeerFailure, type Peers } from '../../../../shared/graphql/peers.ts';
import type { Call } from '../../../../shared/graphql/request.ts';

type Asking = Readonly<{ peers: Peers }> & Pick<Call, 'requestId' | 'deadline'>;

/** An order, as its merchant numbers it. */
export type FirstOrder = Readonly<{ merchantId: string; orderNumber: string }>;

/** Her first order in the alliance, as merchants knows it; null: none. Throws SUBGRAPH_UNAVAILABLE. */
export async function firstOrderOf(
  { peers, requestId, deadline }: Asking,
  memberId: string,
): Promise<FirstOrder | null> {
  const query =
    'query ($memberId: ID!) { firstOrderOf(memberId: $memberId) { merchantId orderNumber } }';
  const call = { requestId, deadline };
  const ask = () =>
    peers.ask<{ firstOrderOf: FirstOrder | null }>('merchants', query, { memberId }, call);
  return (await reached(ask, 'MERCHANTS_UNREACHABLE')).firstOrderOf;
}

/** Whether she is a member who came by an invitation, as members says. Throws SUBGRAPH_UNAVAILABLE. */
export async function isInvited(
  { peers, requestId, deadline }: Asking,
  memberId: string,
): Promise<boolean> {
  const query = 'query ($memberId: ID!) { isInvited(memberId: $memberId) }';
  const call = { requestId, deadline };
  const ask = () => peers.ask<{ isInvited: boolean }>('members', query, { memberId }, call);
  return (await reached(ask, 'MEMBERS_UNREACHABLE')).isInvited;
}

/** Nothing is guessed while somebody is out of reach. */
export async function reached<T>(ask: () => Promise<T>, code: string): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', code);
    throw error;
  }
}
