import type { Refused } from '../../../../shared/graphql/refusals.ts';

/** What may happen to a redemption. */
export type RedemptionEventKind =
  | 'REQUESTED'
  | 'POINTS_HELD'
  | 'FULFILLED'
  | 'COMPLETED'
  | 'CANCEL_REQUESTED'
  | 'TURNED_BACK'
  | 'CANCELLED'
  | 'RETURN_REQUESTED'
  | 'RETURNED'
  | 'EXCHANGED'
  | 'COMPENSATION_REFUSED';

/** A thing that happens to a redemption, and what there is to say about it. */
export type NewRedemptionEvent = Readonly<{
  kind: RedemptionEventKind;
  /** Why, worded for whoever reads it. */
  reason?: Pick<Refused, 'code' | 'parameters'> | null | undefined;
  quantity?: number;
  points?: number;
  /** What was handed out instead of what was redeemed. */
  rewardId?: string | null;
}>;
