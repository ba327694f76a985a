import { hasRole, seesAll, seesMember } from '../../../shared/graphql/caller.ts';
import type { Context } from '../context.ts';
import { isMerchants } from '../domain/entry.ts';
import { isPool } from '../domain/registers.ts';
import type { JournalEntryRow } from '../entities/journal-entry.ts';
import type { PostingRow } from '../loaders.ts';

type Seer = Pick<Context, 'caller' | 'loaders'>;

/** May see a wallet: the member herself, a family's pool those who belong to it, all those who see all. */
export async function seesWallet({ caller, loaders }: Seer, walletId: string): Promise<boolean> {
  if (seesAll(caller)) return true;
  if (!isPool(walletId)) return seesMember(caller, walletId);
  if (!hasRole(caller, 'MEMBER') || caller.memberId === null) return false;
  const pools = await loaders.poolsByMember.load(caller.memberId);
  return pools.some(({ poolId }) => poolId === walletId);
}

/** Which of some wallets the caller may see. */
export async function visibleWallets(seer: Seer, ids: readonly string[]): Promise<Set<string>> {
  const unique = [...new Set(ids)];
  const seen = await Promise.all(unique.map((id) => seesWallet(seer, id)));
  return new Set(unique.filter((_, index) => seen[index]));
}

/** Null also for an entry of somebody else, so that nobody learns whether it exists. */
export async function visibleEntry(seer: Seer, id: string): Promise<JournalEntryRow | null> {
  const entry = await seer.loaders.entryById.load(id);
  if (entry === null) return null;
  if (await seesWallet(seer, entry.walletId)) return entry;
  const { counterWalletId } = entry;
  return counterWalletId !== null && (await seesWallet(seer, counterWalletId)) ? entry : null;
}

/**
 * The lines of an entry that the caller may see: of one over two wallets those of her own. What came to the other
 * one, or paid debts there, is not her affair.
 */
export async function visiblePostings(
  seer: Seer,
  { seq, counterWalletId }: JournalEntryRow,
): Promise<PostingRow[]> {
  const postings = await seer.loaders.postingsByEntry.load(String(seq));
  if (counterWalletId === null) return postings;
  const seesOther = await seesWallet(seer, counterWalletId);
  const members = postings.filter(({ account }) => !isMerchants(account));
  const visible = await visibleWallets(
    seer,
    members.map(({ ownerId }) => ownerId),
  );
  return postings.filter(({ account, ownerId }) =>
    isMerchants(account) ? seesOther : visible.has(ownerId),
  );
}

/** Whether an entry can be shown in its own words: it tells nobody that somebody else owed something. */
export async function seesWhole(seer: Seer, entry: JournalEntryRow): Promise<boolean> {
  const postings = await seer.loaders.postingsByEntry.load(String(entry.seq));
  const debtors = postings.filter(({ account }) => account === 'DEBT');
  const seen = await Promise.all(debtors.map(({ ownerId }) => seesWallet(seer, ownerId)));
  return seen.every(Boolean);
}
