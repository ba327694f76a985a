import { fault } from '../../../../shared/graphql/faults.ts';
import { PeerFailure, type Peers } from '../../../../shared/graphql/peers.ts';
import type { Call } from '../../../../shared/graphql/request.ts';
import { totalOf } from '../../domain/order.ts';
import type { ClaimedPayment } from '../domain/points-payment.ts';

type Asking = Readonly<{ peers: Peers }> & Pick<Call, 'requestId' | 'deadline'>;

type Order = Readonly<{
  merchantId: string;
  orderNumber: string;
  pointsPayment?: string | null | undefined;
  memberId: string;
  currency?: string | null | undefined;
  /** Amounts are what is paid in money. */
  lines: readonly Readonly<{ amountMinor: number }>[];
}>;

const CLAIM = `mutation ($merchantId: ID!, $orderNumber: String!, $paying: PayingInput!) {
  claimPointsPayment(merchantId: $merchantId, orderNumber: $orderNumber, paying: $paying) {
    redemptionId memberId currency billMinor amountMinor } }`;

/**
 * What points pay of an order, which is not undone while the order is recorded, if that is the order they paid a part of;
 * null: nothing, or the order names none.
 * Throws SUBGRAPH_UNAVAILABLE when rewards-catalog does not answer.
 */
export async function claimedPayment(
  { peers, requestId, deadline }: Asking,
  { merchantId, orderNumber, pointsPayment, memberId, currency, lines }: Order,
): Promise<ClaimedPayment | null> {
  if (pointsPayment == null) return null;
  try {
    type Answer = { claimPointsPayment: ClaimedPayment | null };
    const totalMinor = totalOf(lines) ?? 0;
    const paying = {
      redemptionId: pointsPayment,
      memberId,
      currency: currency ?? 'CNY',
      totalMinor,
    };
    const asked = { merchantId, orderNumber, paying };
    const call = { requestId, deadline };
    const answer = await peers.ask<Answer>('rewards-catalog', CLAIM, asked, call);
    return answer.claimPointsPayment;
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', 'PAYMENT_UNREADABLE');
    throw error;
  }
}
