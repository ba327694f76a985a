import type { Books } from '../domain/books.ts';
import type { AnsweredRequest, Block, PlacedEntry } from '../domain/seal.ts';

/** What a batch did. */
export type Batch = Readonly<{
  books: Books;
  /** The versions that the wallets had when they were locked. */
  versions: ReadonlyMap<string, number>;
  entries: readonly PlacedEntry[];
  answers: readonly AnsweredRequest[];
  block: Block;
}>;
