import { type Books, ownerOf } from './books.ts';
import type { PointsCommand } from './command.ts';
import type { Applied } from './commands/accept.ts';

/** Who gets what was sent to an account that was merged since. */
type Addressee = Readonly<{
  command: PointsCommand;
  /** The account that the command named. */
  named: string;
  mergedInto: string;
}>;

/**
 * To whom a command goes that names an account which was merged; null when it names none, or goes nowhere else.
 * What others send arrives at the other account: a purchase posted late, its return, points that vest, are
 * given back, are extended, or come back from a pool. What the member herself would do is left as it is, and so
 * refused: she has the other account for it.
 */
export function addresseeOf(books: Books, command: PointsCommand): Addressee | null {
  switch (command.kind) {
    case 'ACCRUE':
    case 'VEST':
    case 'REVERSE':
    case 'REFUND':
    case 'EXTEND': {
      const { walletId: named } = command;
      const walletId = ownerOf(books, named);
      if (walletId === named) return null;
      return { command: { ...command, walletId }, named, mergedInto: walletId };
    }
    case 'WITHDRAW': {
      // Her lots in the pool go on bearing the name of the account that put them there.
      const { counterWalletId: named } = command;
      const mergedInto = ownerOf(books, named);
      return mergedInto === named ? null : { command, named, mergedInto };
    }
    default:
      return null;
  }
}

/** The answer and the entry say that the command had named another account. */
export function forwarded(
  { outcome, entry }: Applied,
  { named, mergedInto }: Omit<Addressee, 'command'>,
): Applied {
  return {
    outcome: { ...outcome, mergedInto },
    entry: entry === null ? null : { ...entry, detail: { ...entry.detail, addressedTo: named } },
  };
}
