import { assert } from '../../../shared/assert.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import { PeerFailure } from '../../../shared/graphql/peers.ts';
import type { Call } from '../../../shared/graphql/request.ts';
import type { RedemptionRow } from '../entities/redemption.ts';

/** What the ledger says to a command. The same key is always answered the same. */
export type PointsOutcome = Readonly<{
  status: 'ACCEPTED' | 'REFUSED';
  code: string | null;
  available: number | null;
  missing: number | null;
}>;

type Failed = Readonly<{ status: 'FAILED'; code: string | null }>;

export type Asking = Readonly<{
  frame: Pick<Frame, 'peers'>;
  call?: Pick<Call, 'requestId' | 'deadline'> | undefined;
}>;

/** Long enough for a ledger that is out of reach for a while, short enough to be missed by nobody. */
const HOLD_MINUTES = 30;
/** What was handed over just in time is burnt even when the ledger is out of reach for a day. */
const BURN_WITHIN_MINUTES = 24 * 60;

const holdMinutes = ({ requestedAt, fulfilBy }: RedemptionRow): number =>
  fulfilBy === null
    ? HOLD_MINUTES
    : Math.ceil((fulfilBy.getTime() - requestedAt.getTime()) / 60_000) + BURN_WITHIN_MINUTES;

/** What points that are good for one thing only may be good for, to pay this (S21). */
export const scopesOf = ({ rewardId }: Pick<RedemptionRow, 'rewardId'>): string[] => [
  `reward:${rewardId}`,
];

/** Where the points of a redemption are: with its member, or in the pool of her family. */
export const walletOf = ({ familyId, memberId }: RedemptionRow): string =>
  familyId === null ? memberId : poolOf(familyId);

/** What the ledger calls the pool of a family. */
export const poolOf = (familyId: string): string => `pool:${familyId}`;

const POST = `mutation ($commands: [PointsCommandInput!]!) {
  postPoints(commands: $commands) { status code available missing }
}`;

/** Sets the price of the redemption aside, in favour of its merchant. */
export const placeHold = (asking: Asking, redemption: RedemptionRow): Promise<PointsOutcome> =>
  post(asking, redemption, 'HOLD', {
    unit: redemption.unit,
    points: redemption.points,
    acceptorId: redemption.merchantId,
    scopes: scopesOf(redemption),
    holdMinutes: holdMinutes(redemption),
    ...(redemption.familyId === null ? {} : { actorId: redemption.memberId }),
  });

/** Burns the price of the redemption in one step, in favour of its merchant. */
export const burnAtOnce = (asking: Asking, redemption: RedemptionRow): Promise<PointsOutcome> =>
  post(asking, redemption, 'BURN', {
    unit: redemption.unit,
    points: redemption.points,
    acceptorId: redemption.merchantId,
    scopes: scopesOf(redemption),
  });

/** Burns what was set aside. */
export const captureHold = (asking: Asking, redemption: RedemptionRow): Promise<PointsOutcome> =>
  post(asking, redemption, 'CAPTURE');

/** Gives back what was set aside. */
export const releaseHold = (asking: Asking, redemption: RedemptionRow): Promise<PointsOutcome> =>
  post(asking, redemption, 'RELEASE');

/** Gives all back that was burnt, to where it came from; what lapsed meanwhile is extended (R6). */
export const refundAll = (asking: Asking, redemption: RedemptionRow): Promise<PointsOutcome> =>
  post(asking, redemption, 'REFUND', {
    unit: redemption.unit,
    points: redemption.points,
    refundsId: redemption.id,
  });

const post = (
  asking: Asking,
  redemption: RedemptionRow,
  kind: 'BURN' | 'HOLD' | 'CAPTURE' | 'RELEASE' | 'REFUND',
  more: Readonly<Record<string, unknown>> = {},
): Promise<PointsOutcome> =>
  postPoints(asking, {
    key: `redemption:${redemption.id}:${kind.toLowerCase()}`,
    kind,
    walletId: walletOf(redemption),
    ...(kind === 'REFUND' || kind === 'BURN' ? {} : { holdId: redemption.id }),
    causeKind: 'REDEMPTION',
    causeId: redemption.id,
    ...more,
  });

/** Throws PeerFailure when the ledger does not answer, or could not carry the command out this time. */
export async function postPoints(
  { frame, call }: Asking,
  command: Readonly<Record<string, unknown>>,
): Promise<PointsOutcome> {
  const [outcome] = await postAll({ frame, call }, [command]);
  assert(outcome, 'the ledger answers every command');
  return outcome;
}

/** The answers in the order of the commands. Throws as `postPoints` does, when any of them was not carried out. */
export async function postAll(
  { frame, call }: Asking,
  commands: readonly Readonly<Record<string, unknown>>[],
): Promise<PointsOutcome[]> {
  if (commands.length === 0) return [];
  const answer = await frame.peers.ask<{ postPoints: (PointsOutcome | Failed)[] }>(
    'points-ledger',
    POST,
    { commands },
    call,
  );
  assert(answer.postPoints.length === commands.length, 'the ledger answers every command');
  return answer.postPoints.map((outcome) => {
    if (outcome.status === 'FAILED') throw new PeerFailure('points-ledger', outcome.code);
    return outcome;
  });
}
