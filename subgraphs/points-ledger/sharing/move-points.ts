import { checkIdempotencyKey, scopeOf } from '../../../shared/commands/idempotency.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import {
  checkKey,
  checkPositive,
  type InvalidInput,
  invalidInput,
  type Refused,
  refused,
} from '../../../shared/graphql/refusals.ts';
import { canonicalJson, sha256 } from '../../../shared/identifiers.ts';
import type { Context } from '../context.ts';
import type { Contribute, Outcome, RefusalCode, Transfer, Withdraw } from '../domain/command.ts';
import { poolOf } from '../domain/registers.ts';
import type {
  ContributeToFamilyPoolInput,
  TransferPointsInput,
  WithdrawFromFamilyPoolInput,
} from '../schema.generated.ts';
import { ENTRIES_A_DAY, hasMovedEnough } from './moves-of-day.ts';

/** Plain facts; the entry is read when it is asked for. */
type Moved<Kind> = Readonly<{ kind: Kind; entryId: string; points: number }>;

export type PointsTransferred = Moved<'PointsTransferred'>;
export type PointsContributed = Moved<'PointsContributed'> & Readonly<{ familyId: string }>;
export type PointsWithdrawn = Moved<'PointsWithdrawn'> & Readonly<{ familyId: string }>;

/** Gives points to another member. Throws FORBIDDEN unless the member herself asks. */
export async function transferPoints(
  context: Context,
  input: TransferPointsInput,
): Promise<PointsTransferred | MoveRefusal> {
  const { memberId, toMemberId, unit, points } = input;
  checkIsSelf(context, memberId);
  const unusable = checkKey('toMemberId', toMemberId, 64) ?? checkAmount(unit, points);
  if (unusable !== null) return unusable;
  const moved = await post(context, input, {
    kind: 'TRANSFER',
    walletId: memberId,
    counterWalletId: toMemberId,
    unit,
    points,
  });
  return 'entryId' in moved ? { kind: 'PointsTransferred', ...moved } : moved;
}

/** Puts points of a member into her family's pool. Throws FORBIDDEN unless she herself asks. */
export async function contributeToFamilyPool(
  context: Context,
  input: ContributeToFamilyPoolInput,
): Promise<PointsContributed | MoveRefusal> {
  const { memberId, familyId, unit, points } = input;
  checkIsSelf(context, memberId);
  const unusable = checkKey('familyId', familyId, FAMILY_ID_MAX) ?? checkAmount(unit, points);
  if (unusable !== null) return unusable;
  const moved = await post(context, input, {
    kind: 'CONTRIBUTE',
    walletId: memberId,
    counterWalletId: poolOf(familyId),
    unit,
    points,
  });
  return 'entryId' in moved ? { kind: 'PointsContributed', familyId, ...moved } : moved;
}

/** Takes points that a member put into a pool back to her. Throws FORBIDDEN unless she herself asks. */
export async function withdrawFromFamilyPool(
  context: Context,
  input: WithdrawFromFamilyPoolInput,
): Promise<PointsWithdrawn | MoveRefusal> {
  const { memberId, familyId, unit } = input;
  checkIsSelf(context, memberId);
  const points = input.points ?? null;
  const unusable = checkKey('familyId', familyId, FAMILY_ID_MAX) ?? checkAmount(unit, points ?? 1);
  if (unusable !== null) return unusable;
  const moved = await post(context, input, {
    kind: 'WITHDRAW',
    walletId: poolOf(familyId),
    counterWalletId: memberId,
    unit,
    ...(points === null ? {} : { points }),
  });
  return 'entryId' in moved ? { kind: 'PointsWithdrawn', familyId, ...moved } : moved;
}

/** With `pool:` before it, it must fit into what the books have for a wallet. */
const FAMILY_ID_MAX = 59;

/** Not even the operator gives a member's points away. */
function checkIsSelf({ caller }: Context, memberId: string): void {
  if (caller.memberId !== memberId) throw fault('FORBIDDEN');
}

const checkAmount = (unit: string, points: number): InvalidInput | null =>
  checkKey('unit', unit, 64) ?? checkPositive('points', points);

type Asked<Command> = Omit<Command, 'causeKind' | 'causeId' | 'ruleVersion'>;

/** The ledger itself remembers the key, with what was answered. */
async function post(
  { services, caller, database, clock }: Context,
  { idempotencyKey }: Readonly<{ idempotencyKey: string }>,
  asked: Asked<Transfer> | Asked<Contribute> | Asked<Withdraw>,
): Promise<Readonly<{ entryId: string; points: number }> | MoveRefusal> {
  const scope = scopeOf(caller);
  const key = `${asked.kind}:${checkIdempotencyKey(idempotencyKey)}`;
  const causeId = sha256(`${scope}\n${key}`);
  const command = { ...asked, causeKind: 'MEMBER_REQUEST', causeId, ruleVersion: null };
  const requestHash = sha256(canonicalJson(command));
  const { walletId } = asked;
  if (await hasMovedEnough(database.reader, { walletId, scope, key, now: clock.now() })) {
    return refused('TooManyMoves', 'TOO_MANY_MOVES', { max: ENTRIES_A_DAY });
  }
  const [outcome] = await services.ledger.post([{ scope, key, requestHash, command }]);
  if (outcome === undefined || outcome.status === 'FAILED') throw fault('INTERNAL');
  if (outcome.status === 'REFUSED') return refusalOf(outcome);
  return { entryId: String(outcome.entryId), points: outcome.points ?? 0 };
}

const refusalKinds = {
  NOT_TRANSFERABLE: 'NotTransferable',
  NOT_FAMILY: 'NotFamily',
  NOT_TRANSFEREE: 'NotTransferee',
  TRANSFEREE_NOT_YET: 'TransfereeNotYet',
  NOT_IN_FAMILY: 'NotOfThisFamily',
  WALLET_FROZEN: 'WalletNotUsable',
  WALLET_MERGED: 'WalletNotUsable',
} as const satisfies Partial<Record<RefusalCode, string>>;

type RefusalKind =
  | (typeof refusalKinds)[keyof typeof refusalKinds]
  | 'TooFewPoints'
  | 'TooManyMoves';

export type MoveRefusal = Refused<RefusalKind> | InvalidInput;

function refusalOf({ code, available, missing }: Outcome): MoveRefusal {
  if (code === 'IDEMPOTENCY_KEY_REUSED') throw fault('IDEMPOTENCY_KEY_REUSED');
  if (code === 'INSUFFICIENT_POINTS' || code === 'NOTHING_TO_WITHDRAW') {
    const parameters = { available: available ?? 0, missing: missing ?? 0 };
    return refused('TooFewPoints', `MOVE_${code}`, parameters);
  }
  if (code === 'TRANSFER_TO_SELF' || code === 'POOL_WALLET') {
    return invalidInput('NOT_ANOTHER_MEMBER', 'toMemberId');
  }
  if (code === 'POINTS_OVERFLOW') return invalidInput(code, 'points');
  const kind = Object.entries(refusalKinds).find(([own]) => own === code)?.[1];
  if (kind === undefined) throw new Error(`Broken invariant: nobody refuses this with ${code}`);
  return refused(kind, String(code));
}
