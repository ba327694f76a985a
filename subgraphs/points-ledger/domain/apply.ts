import { unreachable } from '../../../shared/assert.ts';
import { addresseeOf, forwarded } from './addressee.ts';
import type { Books } from './books.ts';
import type { PointsCommand } from './command.ts';
import type { Applied, Moment } from './commands/accept.ts';
import { accrue, vest } from './commands/accrue.ts';
import { convert } from './commands/convert.ts';
import { expire } from './commands/expire.ts';
import { extend } from './commands/extend.ts';
import { deduct, freeze, lift } from './commands/freeze.ts';
import { merge } from './commands/merge.ts';
import { contribute, withdraw } from './commands/pool.ts';
import { refund } from './commands/refund.ts';
import { reverse } from './commands/reverse.ts';
import { burn, capture, hold, release } from './commands/spend.ts';
import { transfer } from './commands/transfer.ts';
import { followCovers } from './cover.ts';

/**
 * The rules of the books. Changes `books` in place when the command is accepted; a refused command
 * leaves them as they were. Touches nothing else, so that the same commands give the same books.
 */
export function apply(books: Books, command: PointsCommand, moment: Moment): Applied {
  const addressee = addresseeOf(books, command);
  const applied =
    addressee === null
      ? applyTo(books, command, moment)
      : forwarded(applyTo(books, addressee.command, moment), addressee);
  if (applied.entry !== null) followCovers(books, applied.entry.postings);
  return applied;
}

function applyTo(books: Books, command: PointsCommand, moment: Moment): Applied {
  const { kind } = command;
  switch (kind) {
    case 'ACCRUE':
      return accrue(books, command, moment);
    case 'VEST':
      return vest(books, command, moment);
    case 'BURN':
      return burn(books, command, moment);
    case 'HOLD':
      return hold(books, command, moment);
    case 'CAPTURE':
      return capture(books, command, moment);
    case 'RELEASE':
      return release(books, command, moment);
    case 'REVERSE':
      return reverse(books, command, moment);
    case 'REFUND':
      return refund(books, command, moment);
    case 'EXTEND':
      return extend(books, command, moment);
    case 'CONVERT':
      return convert(books, command, moment);
    case 'EXPIRE':
      return expire(books, command, moment);
    case 'FREEZE':
      return freeze(books, command, moment);
    case 'LIFT':
      return lift(books, command, moment);
    case 'DEDUCT':
      return deduct(books, command, moment);
    case 'TRANSFER':
      return transfer(books, command, moment);
    case 'CONTRIBUTE':
      return contribute(books, command, moment);
    case 'WITHDRAW':
      return withdraw(books, command, moment);
    case 'MERGE':
      return merge(books, command, moment);
    default:
      return unreachable(kind);
  }
}
