import {
  type InvalidInput,
  invalidInput,
  type Refused,
} from '../../../../shared/graphql/refusals.ts';

/**
 * How far a joint redemption has come. STARTED: the points of her who started it are being set aside. OPEN: the others
 * are invited. PLACED: all have accepted and the stock is taken; the redemption goes on as any other. RELEASING:
 * nothing comes of it, the points go back. CANCELLED: they are back.
 */
export type JointState = 'STARTED' | 'OPEN' | 'PLACED' | 'RELEASING' | 'CANCELLED';

/** ACCEPTING: her points are being set aside. HELD: they are. RELEASED: they are back. */
export type PartState = 'INVITED' | 'ACCEPTING' | 'HELD' | 'RELEASED';

/** Why the points of a member could not be set aside. For her alone. */
export type PartRefusal = Refused<'InsufficientPoints' | 'RewardNotAvailable'>;

/** Why nothing came of it. Says nothing of any one of those who were to pay. */
export type JointRefusal = PartRefusal | Refused<'SoldOut'>;

/** So many pay together. */
export const MEMBERS_MAX = 10;
/** So many of hers may wait at the same time. */
export const OPEN_MAX = 5;
/** So many invitations a member may send within a day, and so many may wait for one member. */
export const INVITED_PER_DAY_MAX = 20;
export const WAITING_FOR_MAX = 20;
/** So often a member may try to accept. */
export const TRIES_MAX = 20;

const HOURS_MAX = 72;

type Wanted = Readonly<{
  memberId: string;
  validHours: number;
  parts: readonly Readonly<{ memberId: string; points: number }>[];
}>;

/** The first thing that is wrong with who is to pay what, or null. */
export function checkParts({ memberId, validHours, parts }: Wanted): InvalidInput | null {
  if (validHours < 1 || validHours > HOURS_MAX) {
    return invalidInput('JOINT_HOURS', 'validHours', { max: HOURS_MAX });
  }
  if (parts.length < 2 || parts.length > MEMBERS_MAX) {
    return invalidInput('JOINT_SIZE', 'parts', { max: MEMBERS_MAX });
  }
  const members = parts.map((part) => part.memberId);
  const twice = members.findIndex((id, index) => members.indexOf(id) !== index);
  if (twice >= 0) return invalidInput('JOINT_MEMBER_TWICE', `parts.${twice}.memberId`);
  if (!members.includes(memberId)) return invalidInput('JOINT_WITHOUT_HER', 'parts');
  const empty = parts.findIndex(({ points }) => points < 1);
  return empty < 0 ? null : invalidInput('AMOUNT_NOT_POSITIVE', `parts.${empty}.points`);
}

/** Refuses parts that do not add up to the price. Exact, however large they are. */
export function checkSum(
  parts: readonly Readonly<{ points: number }>[],
  price: number,
): InvalidInput | null {
  const total = parts.reduce((all, { points }) => all + BigInt(points), 0n);
  if (total === BigInt(price)) return null;
  return invalidInput('JOINT_SUM', 'parts', { price, total: total.toString() });
}

const MINUTE_MS = 60_000;
/** What was accepted in the last minute can be placed and burnt also when the ledger is out of reach for a day. */
const DAY_MINUTES = 24 * 60;

/** For how long the points of each have to be set aside, from whenever she accepts. */
export const holdMinutesOf = (at: Date, expiresAt: Date, fulfilHours: number | null): number =>
  Math.ceil((expiresAt.getTime() - at.getTime()) / MINUTE_MS) +
  (fulfilHours ?? 0) * 60 +
  DAY_MINUTES;

type Standing = Readonly<{ state: JointState; expiresAt: Date }>;
type PartStanding = Readonly<{ state: PartState }>;

/** What comes next for it; null: nothing, until somebody asks or its time is over. */
export function nextStep(
  joint: Standing,
  parts: readonly PartStanding[],
  now: Date,
): 'HOLD' | 'PLACE' | 'TIME_OUT' | 'RELEASE' | null {
  if (joint.state === 'PLACED' || joint.state === 'CANCELLED') return null;
  // First to its end what is on its way to the ledger, so that nothing is overtaken.
  if (parts.some(({ state }) => state === 'ACCEPTING')) return 'HOLD';
  if (joint.state === 'RELEASING') return 'RELEASE';
  if (parts.every(({ state }) => state === 'HELD')) return 'PLACE';
  return now >= joint.expiresAt ? 'TIME_OUT' : null;
}
