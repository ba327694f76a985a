import { assert } from '../../../../shared/assert.ts';
import type { Day } from '../../../../shared/calendar.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { lotsOf, type Wallet } from '../books.ts';
import { type Outcome, type PointsCommand, refusal } from '../command.ts';
import type { Detail, Entry, Lines, Posting, Reversal } from '../entry.ts';
import { spendable } from '../spending-plan.ts';

/** When a command is applied, and the id that its entry gets when it is accepted. */
export type Moment = Readonly<{ atMs: number; today: Day; entryId: string }>;

export type Applied = Readonly<{ outcome: Outcome; entry: Entry | null }>;

export const refuse = (...args: Parameters<typeof refusal>): Applied => ({
  outcome: refusal(...args),
  entry: null,
});

/** Why nothing leaves a wallet by the will of its owner at the moment, if so. */
export function refuseUse(wallet: Wallet): 'WALLET_MERGED' | 'WALLET_FROZEN' | null {
  if (wallet.mergedInto !== null) return 'WALLET_MERGED';
  return wallet.freezes > 0 ? 'WALLET_FROZEN' : null;
}

type Written = Readonly<{
  unit: string;
  points: number;
  lines: Lines;
  /** The other wallet, when the entry has lines of two. */
  counterWallet?: Wallet;
  actorId?: string | null;
  holdId?: string;
  acceptorId?: string;
  holdExpiresMs?: number;
  debt?: number;
  reversals?: readonly Reversal[];
  detail?: Detail | null;
}>;

/** Makes the entry of a command whose lines are written, and what is answered. */
export function accept(
  wallet: Wallet,
  command: PointsCommand,
  { entryId, today }: Moment,
  written: Written,
): Applied {
  const { unit, points, lines, counterWallet, debt } = written;
  assertBalanced(lines.postings);
  wallet.version += 1;
  if (counterWallet !== undefined) counterWallet.version += 1;
  const available = spendable(lotsOf(wallet, unit), today);
  const { kind, walletId, causeKind, causeId, ruleVersion } = command;
  const outcome: Outcome = {
    status: 'ACCEPTED',
    code: null,
    entryId,
    points,
    available,
    missing: null,
    debt: debt ?? null,
  };
  const entry: Entry = {
    id: entryId,
    kind,
    walletId,
    walletVersion: wallet.version,
    counterWalletId: counterWallet?.id ?? null,
    counterVersion: counterWallet?.version ?? null,
    actorId: written.actorId ?? null,
    unit,
    points,
    causeKind,
    causeId,
    ruleVersion,
    reversesId: reversedCause(command),
    holdId: written.holdId ?? null,
    acceptorId: written.acceptorId ?? null,
    holdExpiresMs: written.holdExpiresMs ?? null,
    postings: lines.postings,
    reversals: written.reversals ?? [],
    detail: written.detail ?? null,
  };
  return { outcome, entry };
}

function reversedCause(command: PointsCommand): string | null {
  if (command.kind === 'REVERSE') return command.reversesId;
  return command.kind === 'REFUND' ? command.refundsId : null;
}

/** Nothing is made from nothing: the lines of an entry add up to zero for each issuer and unit. */
export function assertBalanced(postings: readonly Posting[]): void {
  const sums = new Map<string, number>();
  for (const { key, amount } of postings) {
    const text = `${key.unit}\n${key.issuerId}`;
    sums.set(text, toSafeInteger((sums.get(text) ?? 0) + amount));
  }
  for (const [text, total] of sums) assert(total === 0, `an entry is off by ${total}: ${text}`);
}
