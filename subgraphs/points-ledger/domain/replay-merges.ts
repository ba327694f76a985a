import type { AccountKind } from './entry.ts';
import { lotText } from './lot.ts';
import { isPool } from './registers.ts';
import type { ReplayFreezes } from './replay-freezes.ts';
import { add, type Balances, type Posting } from './replayed.ts';
import type { SealedEntry } from './seal.ts';

/** In which wallet points lapsed, or are taken back from what lapsed: a merge moves them to the other one. */
export const lapsedOf = (
  { kind, walletId, counterWalletId }: Pick<SealedEntry, 'kind' | 'walletId' | 'counterWalletId'>,
  amount: number,
): string => (kind === 'MERGE' && amount > 0 ? (counterWalletId ?? walletId) : walletId);

/** What is left of a wallet that was merged into another one; null when nothing is. */
export function leftOf({ lapsed, units }: Balances): string | null {
  const left = units
    .values()
    .some(({ available, pending, held, debt }) => available + pending + held + debt > 0);
  return left || lapsed > 0 ? 'leaves something in the wallet that it merges' : null;
}

/**
 * What is wrong with the lines of a merge, null when nothing is. What is pending, what lapsed and what is owed
 * goes over lot by lot and debt by debt; points do, except for those that pay debts, point for point.
 */
export function mergeProblem(
  entry: SealedEntry,
  freezes: Pick<ReplayFreezes, 'countOf'>,
): string | null {
  const { walletId, counterWalletId, unit, points, postings } = entry;
  if (counterWalletId === null || counterWalletId === walletId) return 'merges a wallet into none';
  if (isPool(walletId) || isPool(counterWalletId)) return 'merges the pool of a family';
  if (unit !== '' || points !== 0) return `says ${points} of ${unit}, and merges all`;
  if (freezes.countOf(walletId) + freezes.countOf(counterWalletId) > 0) {
    return `merges ${walletId} and ${counterWalletId}, of which one is frozen`;
  }
  const sums = new Map<string, number>();
  const paid = new Map<string, number>();
  for (const posting of postings) {
    const { account, key, amount } = posting;
    if (account === 'HELD') return 'merges points that are held';
    if (isOwn(posting, entry) && isGain(account, amount)) return `adds to ${walletId}`;
    if (account === 'PENDING' || account === 'BREAKAGE')
      add(sums, `${account}\n${lotText(key)}`, amount);
    if (account === 'AVAILABLE' || account === 'DEBT') add(paid, key.unit, amount);
    // What paid a debt to another issuer is accepted by that one, and its own points count as issued again.
    if ((account === 'REDEEMED' && amount < 0) || (account === 'OUTSTANDING' && amount > 0)) {
      return 'takes back what was accepted or issued';
    }
  }
  if (sums.size > 0) return 'changes what is pending or lapsed';
  return paid.size > 0 ? 'what did not come in paid no debt' : null;
}

const isOwn = ({ account, ownerId, amount }: Posting, entry: SealedEntry): boolean =>
  account === 'BREAKAGE' ? lapsedOf(entry, amount) === entry.walletId : ownerId === entry.walletId;

/** Whether there is more in an account afterwards. In the books a debt is negative. */
const isGain = (account: AccountKind, amount: number): boolean =>
  account === 'DEBT' ? amount < 0 : amount > 0;

/** Commands that may name an account which was merged: they act on the other one. */
const FORWARDED = new Set(['ACCRUE', 'VEST', 'REVERSE', 'REFUND', 'EXTEND', 'WITHDRAW']);

/** What is wrong with whom an entry says that it was addressed to; null when nothing is. */
export function addressProblem(
  { kind, walletId, counterWalletId, detail }: SealedEntry,
  wallets: ReadonlyMap<string, Balances>,
): string | null {
  const named = detail?.addressedTo;
  if (named === undefined) return null;
  const acted = kind === 'WITHDRAW' ? counterWalletId : walletId;
  const isForwarded = FORWARDED.has(kind) && wallets.get(String(named))?.mergedInto === acted;
  return isForwarded ? null : `was addressed to ${named}, which was not merged into ${acted}`;
}
