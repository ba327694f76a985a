import { fault } from '../../../../shared/graphql/faults.ts';
import { PeerFailure, type Peers } from '../../../../shared/graphql/peers.ts';
import type { Call } from '../../../../shared/graphql/request.ts';
import type { ClaimedPayment } from '../domain/points-payment.ts';

type Asking = Readonly<{ peers: Peers }> & Pick<Call, 'requestId' | 'deadline'>;

type Order = Readonly<{
  merchantId: string;
  orderNumber: string;
  pointsPayment?: string | null | undefined;
}>;

const CLAIM = `mutation ($merchantId: ID!, $orderNumber: String!) {
  claimPointsPayment(merchantId: $merchantId, orderNumber: $orderNumber) {
    redemptionId memberId currency billMinor amountMinor } }`;

/**
 * What points pay of an order, which is not undone while the order is recorded; null: nothing, or the order names none.
 * Throws SUBGRAPH_UNAVAILABLE when rewards-catalog does not answer.
 */
export async function claimedPayment(
  { peers, requestId, deadline }: Asking,
  { merchantId, orderNumber, pointsPayment }: Order,
): Promise<ClaimedPayment | null> {
  if (pointsPayment == null) return null;
  try {
    type Answer = { claimPointsPayment: ClaimedPayment | null };
    const asked = { merchantId, orderNumber };
    const call = { requestId, deadline };
    const answer = await peers.ask<Answer>('rewards-catalog', CLAIM, asked, call);
    return answer.claimPointsPayment;
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', 'PAYMENT_UNREADABLE');
    throw error;
  }
}
