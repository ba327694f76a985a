import { parseIsoDay } from '../../../../shared/calendar.ts';
import type { Peers } from '../../../../shared/graphql/peers.ts';
import type { Call } from '../../../../shared/graphql/request.ts';
import type { RewardRow } from '../../entities/reward.ts';
import type { Asked, Facts, OrderFacts } from '../domain/conditions.ts';
import { NO_TIERS, type TierFacts } from '../domain/price.ts';

type Asking = Readonly<{ peers: Peers }> & Pick<Call, 'requestId' | 'deadline'>;

export const NO_FACTS: Facts = { tiers: NO_TIERS, order: null };

/**
 * What an offer depends on that other subgraphs know, asked only when it does. Throws PeerFailure when they do
 * not answer.
 */
export async function offerFacts(
  asking: Asking,
  reward: RewardRow,
  { memberId, purchaseId }: Asked,
): Promise<Facts> {
  const needsTier = reward.minTier !== null || reward.leastPoints < reward.points;
  const needsOrder = namesOrder(reward) && purchaseId !== null;
  const [tiers, order] = await Promise.all([
    needsTier ? tierOf(asking, memberId) : NO_TIERS,
    needsOrder ? orderOf(asking, purchaseId) : null,
  ]);
  return { tiers, order };
}

const namesOrder = ({ details, duringOrder }: RewardRow): boolean =>
  details?.upgrade !== undefined || duringOrder !== null;

/** The tiers of the alliance, and that of the member; nobody's when null. Asks members. */
export async function tierOf(
  { peers, requestId, deadline }: Asking,
  memberId: string | null,
): Promise<TierFacts> {
  type Answer = {
    tiers: { code: string; threshold: number }[];
    _entities: ({ tier: { code: string } | null } | null)[];
  };
  const { tiers, _entities } = await peers.ask<Answer>(
    'members',
    `query ($r: [_Any!]!) { tiers { code threshold }
      _entities(representations: $r) { ... on Member { tier { code } } } }`,
    { r: memberId === null ? [] : [{ __typename: 'Member', id: memberId }] },
    { requestId, deadline },
  );
  return { of: _entities[0]?.tier?.code ?? null, all: tiers };
}

async function orderOf(
  { peers, requestId, deadline }: Asking,
  purchaseId: string,
): Promise<OrderFacts | null> {
  type Line = Readonly<{
    sku: string | null;
    quantity: number;
    returnedQuantity: number;
    usedFrom: string | null;
    usedUntil: string | null;
  }>;
  type Purchase = {
    member: { id: string } | null;
    merchant: { id: string } | null;
    status: string;
    purchasedAt: string;
    lines: Line[];
  } | null;
  const { _entities } = await peers.ask<{ _entities: Purchase[] }>(
    'merchants',
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Purchase {
      member { id } merchant { id } status purchasedAt 
      lines { sku quantity returnedQuantity usedFrom usedUntil } } } }`,
    { r: [{ __typename: 'Purchase', id: purchaseId }] },
    { requestId, deadline },
  );
  const [order] = _entities;
  if (order == null) return null;
  return {
    memberId: order.member?.id ?? null,
    merchantId: order.merchant?.id ?? null,
    isCancelled: order.status === 'CANCELLED',
    purchasedAt: new Date(order.purchasedAt),
    skus: order.lines.map(({ sku, quantity, returnedQuantity, usedFrom, usedUntil }) => ({
      sku: sku ?? '',
      quantity: quantity - returnedQuantity,
      usedFrom: usedFrom === null ? null : parseIsoDay(usedFrom),
      usedUntil: usedUntil === null ? null : parseIsoDay(usedUntil),
    })),
  };
}
