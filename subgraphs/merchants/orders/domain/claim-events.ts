import type { NewEvent } from '../../../../shared/feeds/event.ts';

type Claim = Readonly<{ id: string; merchantId: string; memberId: string; orderNumber: string }>;

/** In `merchantsFeed`: what becomes of the claim of a member who misses points. */
export const claimEvent = (
  kind: 'claim.filed' | 'claim.escalated' | 'claim.accepted' | 'claim.declined',
  { id, merchantId, memberId, orderNumber }: Claim,
): NewEvent => ({ kind, payload: { claimId: id, merchantId, memberId, orderNumber } });
