import fc from 'fast-check';
import { sum } from '../../shared/quantities.ts';
import { ownerOf, type Wallet } from '../../subgraphs/points-ledger/domain/books.ts';
import type { Posting } from '../../subgraphs/points-ledger/domain/entry.ts';
import { type Step, steps } from './random-commands.ts';
import { mergeSteps } from './random-merges.ts';
import { type Done, TestBooks } from './test-books.ts';

/** Random sequences of commands in each property. */
export const RUNS = 300;

/** Whatever may happen; now and then more of what happens when two accounts become one. */
export const anySteps = fc.oneof(
  { weight: 4, arbitrary: steps },
  { weight: 1, arbitrary: mergeSteps },
);

/** Any sequence of commands, and after each of them what must be true. */
export function always(check: (books: TestBooks, done: Done, wallet: Wallet) => void): void {
  fc.assert(
    fc.property(anySteps, (sequence) => {
      const books = TestBooks.covered();
      for (const { command, days } of sequence) {
        books.pass(days);
        const done = books.post(command);
        // An account that was merged is another one's by then: what must be true is true of that one.
        check(books, done, walletOf(books, ownerOf(books.books, command.walletId)));
      }
    }),
    { numRuns: RUNS },
  );
}

export function walletOf({ books }: TestBooks, id: string): Wallet {
  const wallet = books.wallets.get(id);
  if (wallet === undefined) throw new Error(`no wallet ${id}`);
  return wallet;
}

/** The sum of postings, of one account when it is given. */
export const total = (postings: readonly Posting[], account?: Posting['account']): number =>
  sum(postings.filter((one) => !account || one.account === account).map(({ amount }) => amount));

/** Points of merchant A for ann: a test says how many. */
export const ACCRUE = {
  kind: 'ACCRUE' as const,
  walletId: 'ann',
  causeKind: 'PURCHASE',
  causeId: 'p1',
  ruleVersion: null,
  unit: 'ALLIANCE',
  issuerId: 'merchant-a',
  expiresOn: 99991231,
  priceClass: '80/100 CNY',
};

/** What came of commands, from empty books on. */
export function play(sequence: readonly Step[]): Done[] {
  const books = new TestBooks();
  return sequence.map(({ command, days }) => {
    books.pass(days);
    return books.post(command);
  });
}
