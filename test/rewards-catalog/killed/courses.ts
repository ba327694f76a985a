import type { RedemptionStep } from '../../../subgraphs/rewards-catalog/domain/redemption.ts';

/** What is asked for, in which steps it is done, and how it ends. Prices are 100 points. */
export type Course = Readonly<{
  /** As the report calls it. */
  name: string;
  mutation: string;
  /** What the member has before she redeems. */
  points: number;
  /** Whether the reward is handed over by its merchant. */
  isHandedOver: boolean;
  more?: Readonly<Record<string, unknown>>;
  steps: readonly RedemptionStep[];
  /** What its key is answered in the end. */
  answer: string;
  status: 'COMPLETED' | 'CANCELLED';
  /** What it costs her in the end. */
  spent: number;
}>;

const atOnce = { points: 200, isHandedOver: false };
const later = { points: 200, isHandedOver: true };

/**
 * Everything that is driven from step to step by the request that asks for it. Another one that redeems or changes a
 * redemption is a line here; what is worked off by a worker alone stands in `remedies.ts`.
 */
export const courses: readonly Course[] = [
  {
    ...{ name: 'redeem', mutation: 'redeem', ...atOnce },
    steps: ['record', 'place-hold', 'note-hold', 'fulfil', 'capture', 'complete'],
    ...{ answer: 'RewardRedeemed', status: 'COMPLETED', spent: 100 },
  },
  {
    // The order is recorded afterwards; what is killed before anything is written leaves nothing, and its code is over.
    ...{ name: 'pay at the till', mutation: 'payWithPoints', ...atOnce },
    steps: ['burn', 'complete'],
    ...{ answer: 'PaidWithPoints', status: 'COMPLETED', spent: 100 },
  },
  {
    ...{ name: 'redeem, a point short', mutation: 'redeem', ...atOnce, points: 99 },
    steps: ['record', 'place-hold', 'cancel'],
    ...{ answer: 'InsufficientPoints', status: 'CANCELLED', spent: 0 },
  },
  {
    ...{ name: 'cancel', mutation: 'cancelRedemption', ...atOnce },
    steps: ['request-cancel', 'turn-back', 'refund', 'cancel'],
    ...{ answer: 'RedemptionCancelled', status: 'CANCELLED', spent: 0 },
  },
  {
    ...{ name: 'cancel before it is handed over', mutation: 'cancelRedemption', ...later },
    steps: ['turn-back', 'release', 'cancel'],
    ...{ answer: 'RedemptionCancelled', status: 'CANCELLED', spent: 0 },
  },
  {
    ...{ name: 'hand over', mutation: 'fulfilRedemption', ...later },
    steps: ['hand-over', 'capture', 'complete'],
    ...{ answer: 'RedemptionFulfilled', status: 'COMPLETED', spent: 100 },
  },
  {
    ...{ name: 'decline', mutation: 'declineRedemption', ...later },
    more: { reason: 'It rains.' },
    steps: ['decline', 'release', 'cancel'],
    ...{ answer: 'RedemptionDeclined', status: 'CANCELLED', spent: 0 },
  },
  {
    // All 100 come back, and 10 more of the merchant's own.
    ...{ name: 'return', mutation: 'returnRedemption', ...atOnce },
    more: { grounds: 'PROVIDER_FAULT' },
    steps: ['record-return', 'refund-return', 'note-refund', 'compensate', 'finish-return'],
    ...{ answer: 'RedemptionReturned', status: 'COMPLETED', spent: -10 },
  },
];
