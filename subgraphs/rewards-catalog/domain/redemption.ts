import { assert } from '../../../shared/assert.ts';
import { type Refused, refused } from '../../../shared/graphql/refusals.ts';

/**
 * How far a redemption has come. RECORDED: stock is taken. HELD: points are set aside; one that its merchant
 * hands over waits here. FULFILLED: the voucher is made, or it is handed over. CAPTURED: the points are burnt,
 * the end unless it is cancelled. RELEASING: what was taken goes back. CANCELLED: it is back, the other end.
 */
export type RedemptionState =
  | 'RECORDED'
  | 'HELD'
  | 'FULFILLED'
  | 'CAPTURED'
  | 'RELEASING'
  | 'CANCELLED';

/** Whose points pay: the member's own, those of her family's pool, or those of several members, each a part. */
export type Payment = 'OWN' | 'FAMILY_POOL' | 'JOINT';

/** What the world sees of the state. */
export type RedemptionStatus = 'PENDING' | 'COMPLETED' | 'CANCELLED';

/**
 * The pieces of work of a redemption, each a transaction or a call to the ledger of its own. The
 * process may die before or after any of them.
 */
export type RedemptionStep =
  | 'record'
  | 'place-hold'
  | 'burn'
  | 'note-hold'
  | 'fulfil'
  | 'capture'
  | 'complete'
  | 'turn-back'
  | 'release'
  | 'refund'
  | 'cancel'
  | 'request-cancel'
  | 'hand-over'
  | 'record-return'
  | 'refund-return'
  | 'note-refund'
  | 'compensate'
  | 'finish-return'
  | 'decline'
  | 'start-joint'
  | 'accept-part'
  | 'decline-part'
  | 'hold-part'
  | 'note-part'
  | 'place'
  | 'close-joint'
  | 'release-parts'
  | 'end-joint';

/** Told around each step. Tests end the process there. */
export type OnStep = (step: RedemptionStep, moment: 'before' | 'after') => Promise<void> | void;

/** Why a redemption was cancelled. It is the answer to its key from then on. */
export type RedemptionRefusal = Refused<
  'InsufficientPoints' | 'RewardNotAvailable' | 'SpendingCapReached'
>;

/** Of one that its member, or the operator for her, wanted undone. */
export const cancelledOnRequest: RedemptionRefusal = refused(
  'RewardNotAvailable',
  'CANCELLED_ON_REQUEST',
);

type Course = Readonly<{
  state: RedemptionState;
  fulfilBy: Date | null;
  cancelAt: Date | null;
}>;

/** Whether it stands until its merchant has handed it over. */
export const waitsForMerchant = ({ state, fulfilBy, cancelAt }: Course, now: Date): boolean =>
  state === 'HELD' && cancelAt === null && fulfilBy !== null && now < fulfilBy;

/** Whether there is nothing to do for it now. */
export const isAtRest = (course: Course, now: Date): boolean =>
  course.state === 'CANCELLED' ||
  (course.state === 'CAPTURED' && course.cancelAt === null) ||
  waitsForMerchant(course, now);

export type RewardRedeemed = Readonly<{ kind: 'RewardRedeemed'; redemptionId: string }>;
export type RedemptionPending = Readonly<{ kind: 'RedemptionPending'; redemptionId: string }>;
export type RedemptionAnswer = RewardRedeemed | RedemptionPending | RedemptionRefusal;

/** What `redeem` answers, from where the redemption is now. One that was completed stays redeemed, also when undone. */
export function answerOf(
  redemption: Readonly<{
    id: string;
    state: RedemptionState;
    completedAt: Date | null;
    refusal: RedemptionRefusal | null;
  }>,
): RedemptionAnswer {
  const { id: redemptionId, state, completedAt, refusal } = redemption;
  if (completedAt !== null) return { kind: 'RewardRedeemed', redemptionId };
  if (state === 'CANCELLED') {
    assert(refusal, 'a cancelled redemption says why');
    return refusal;
  }
  return { kind: 'RedemptionPending', redemptionId };
}

/** How long the request that made a redemption has it to itself before a worker looks at it. */
export const OWN_TURN_MS = 10_000;

const RETRY_FIRST_MS = 2_000;
/** Somebody waits for her voucher: what is behind an outage is seen to soon after it. */
const RETRY_MAX_MS = 30_000;

/** How long to leave a redemption alone after so many attempts by workers. */
export const restAfter = (attempts: number): number =>
  Math.min(RETRY_FIRST_MS * 2 ** Math.min(attempts, 20), RETRY_MAX_MS);
