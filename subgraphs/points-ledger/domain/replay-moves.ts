import { type LotKey, lotText } from './lot.ts';
import { isPool } from './registers.ts';
import type { Posting } from './replayed.ts';
import type { SealedEntry } from './seal.ts';

/**
 * What is wrong with an entry that moves points between wallets, or with one of a pool; null when nothing is.
 * What left one wallet came into the other as what it was, less what paid debts there.
 */
export function moveProblem(entry: SealedEntry): string | null {
  const { kind, walletId, counterWalletId, actorId } = entry;
  const isSpending = kind === 'BURN' || kind === 'HOLD';
  if (isSpending && isPool(walletId) && actorId === null) return 'nobody spends from a pool';
  if (kind !== 'TRANSFER' && kind !== 'CONTRIBUTE' && kind !== 'WITHDRAW') {
    const isStrange = entry.postings.some(
      ({ account, key, amount }) =>
        account === 'AVAILABLE' && amount > 0 && (key.contributor !== '') !== isPool(walletId),
    );
    return isStrange ? 'a lot of a pool has no contributor, or one of a member has one' : null;
  }
  if (counterWalletId === null) return `${kind} concerns one wallet`;
  if (isPool(walletId) !== (kind === 'WITHDRAW')) return `${kind} from ${walletId}`;
  if (isPool(counterWalletId) !== (kind === 'CONTRIBUTE')) return `${kind} to ${counterWalletId}`;
  return amountsProblem(entry, counterWalletId);
}

function amountsProblem(entry: SealedEntry, counterWalletId: string): string | null {
  const { kind, walletId, points, postings, unit, detail } = entry;
  // Who put them there may have been merged since: then they come to the other account.
  const withdrawer = String(detail?.addressedTo ?? counterWalletId);
  const contributor = kind === 'CONTRIBUTE' ? walletId : kind === 'WITHDRAW' ? withdrawer : '';
  const [outside, inside] = kind === 'CONTRIBUTE' ? ['', contributor] : [contributor, ''];
  const [gone, come] = [new Map<string, number>(), new Map<string, number>()];
  let taken = 0;
  for (const { account, ownerId, key, amount } of postings) {
    if (key.unit !== unit) return `moves points of ${key.unit}, says ${unit}`;
    if (account !== 'AVAILABLE') continue;
    const isOwn = ownerId === walletId;
    if (isOwn !== amount < 0) return `${ownerId} gets and gives`;
    if (key.contributor !== (isOwn ? outside : inside)) return `${key.contributor} contributed`;
    add(isOwn ? gone : come, key, Math.abs(amount));
    if (isOwn) taken -= amount;
  }
  if (taken !== points) return `moves ${taken} points, says ${points}`;
  for (const [lot, amount] of come) {
    if (amount > (gone.get(lot) ?? 0)) return 'more comes in than went';
  }
  return isDebtPaid(postings, counterWalletId) ? null : 'what did not come in paid no debt';
}

/** Between what went and what came stand debts that were paid. */
function isDebtPaid(postings: readonly Posting[], counterWalletId: string): boolean {
  let [moved, paid] = [0, 0];
  for (const { account, ownerId, amount } of postings) {
    if (account === 'AVAILABLE') moved += amount;
    if (account === 'DEBT' && ownerId === counterWalletId) paid += amount;
  }
  return moved + paid === 0;
}

function add(sums: Map<string, number>, key: LotKey, amount: number): void {
  const text = lotText({ ...key, contributor: '' });
  sums.set(text, (sums.get(text) ?? 0) + amount);
}
