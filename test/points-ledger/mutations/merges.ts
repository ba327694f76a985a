import type { Mutant } from './mutant.ts';

type Part = Omit<Mutant, 'file' | 'test'>;

const of = (file: string, test: string, parts: readonly Part[]): Mutant[] =>
  parts.map((part) => ({
    file: `subgraphs/points-ledger/${file}`,
    test: `test/points-ledger/${test}.test.ts`,
    ...part,
  }));

const REFUSALS = 'what stands against a merge is named in both languages';

/** What keeps two accounts of one person whole while they become one, and what comes for them later. */
export const merges: readonly Mutant[] = [
  ...of('ledger/read-books.ts', 'merges-races', [
    {
      line: 'merges: the account that another one was merged into is locked too',
      find: '  assertAllLocked(books);\n',
      replace: '  void assertAllLocked;\n',
      name: 'a command that waits while its account is merged',
    },
  ]),
  ...of('ledger/run-batch.ts', 'merges-races', [
    {
      line: 'merges: a batch that met a merge begins anew with all locks in order',
      find: '      if (!(error instanceof MergedElsewhere)) throw error;\n',
      replace:
        '      if (further.length >= 0 || !(error instanceof MergedElsewhere)) throw error;\n',
      name: 'a command that waits while its account is merged',
    },
  ]),
  ...of('ledger/write-wallets.ts', 'merges-races', [
    {
      line: 'merges: a wallet that was merged never changes again',
      find: " AND COALESCE(merged_into, '') = ''\n",
      replace: '\n',
      name: 'a wallet that was merged behind the lock undoes the whole batch',
    },
  ]),
  ...of('cases/commands/freeze-points.ts', 'merges-races', [
    {
      line: 'merges: a case is opened under the lock of its account',
      find: '  await lockWallets(work, [memberId]);\n',
      replace: '  void lockWallets;\n',
      name: 'on MariaDB … a case that is opened while its account is merged',
    },
  ]),
  ...of('domain/commands/merge.ts', 'merges-races', [
    {
      line: 'merges: what others were merged into is not merged itself',
      find: "  if (isTarget) return 'HAS_MERGED';\n",
      replace: '  void isTarget;\n',
      name: 'commands before and after a merge in one batch',
    },
  ]),
  ...of('domain/commands/merge.ts', 'merges', [
    {
      line: 'merges: not while points are set aside',
      find: "if (wallet.units.values().some(({ held }) => held > 0)) return 'HOLD_OPEN';",
      replace: '',
      name: REFUSALS,
    },
    {
      line: 'merges: not while a case is open that froze nothing yet',
      find: "  if (books.registers.openCases.has(walletId)) return 'WALLET_FROZEN';\n",
      replace: '',
      name: REFUSALS,
    },
    {
      line: 'merges: not while it is frozen',
      find: "  if (wallet.freezes > 0 || other.freezes > 0) return 'WALLET_FROZEN';\n",
      replace: '',
      name: REFUSALS,
    },
    {
      line: 'merges: not more than can be counted',
      find: "  if (!isCountable(wallet, other)) return 'POINTS_OVERFLOW';\n",
      replace: '  void isCountable;\n',
      name: REFUSALS,
    },
  ]),
  ...of('domain/commands/merge.ts', 'merges-random', [
    {
      line: 'merges: points that are there pay what comes to be owed',
      find: '      if (paid > 0) there.available(key, -paid);\n      all += paid;\n',
      replace: '      all += paid;\n      if (points === 0) there.available(key, -paid);\n',
      name: 'one account has what both had',
    },
    {
      line: 'merges: what lapsed goes along',
      find: 'inOrder(wallet.expired.values())',
      replace: 'inOrder(wallet.expired.values()).slice(0, 0)',
      name: 'one account has what both had',
    },
    {
      line: 'merges: what is pending goes along',
      find: 'inOrder(wallet.pending.values())',
      replace: 'inOrder(wallet.pending.values()).slice(0, 0)',
      name: 'one account has what both had',
    },
    {
      line: 'merges: nothing is left, and nobody spends from it again',
      find: '  wallet.mergedInto = other.id;\n',
      replace: '',
      name: 'nothing is left of an account that was merged',
    },
  ]),
  ...of('domain/commands/reverse.ts', 'merges-late', [
    {
      line: 'merges: a return of the one account finds what the other has by now',
      find: 'ownerOf(books, accrual.walletId) === wallet.id &&',
      replace: 'accrual.walletId === wallet.id &&',
      name: 'a return of what one account bought is found in the other',
    },
  ]),
  ...of('merges/commands/merge-members.ts', 'merges', [
    {
      line: 'merges: nobody approves what she proposed',
      find: '  if (found.proposedBy === caller.subject) return secondPersonNeeded();\n',
      replace: '  void secondPersonNeeded;\n',
      name: 'an account becomes another one by two people',
    },
  ]),
  ...of('migrations/1767225600112-add-merges.ts', 'merges', [
    {
      line: 'merges: CHECK of a second person',
      find: '      CHECK (approved_by <> proposed_by),\n',
      replace: '',
      name: 'the tables refuse a merge by one person, or of one account',
    },
    {
      line: 'merges: CHECK of two accounts',
      find: '      CHECK (approved_by <> proposed_by),\n      CHECK (wallet_id <> into_id))`',
      replace: '      CHECK (approved_by <> proposed_by))`',
      name: 'the tables refuse a merge by one person, or of one account',
    },
  ]),
];
