import { answersBytes, entryBytes, headerBytes } from '../domain/seal.ts';
import type { JournalBlock } from './read-blocks.ts';

/**
 * The journal as lines of JSON, each in the very words that are sealed, so that who reads it hashes the
 * lines as they stand. For each block: one line for the block, one for its answers, one for each entry.
 */
export function linesOf({ block, answers, entries }: JournalBlock): string {
  const parts = [headerBytes(block), answersBytes(answers), ...entries.map(entryBytes)];
  return parts.map((bytes) => `${decoder.decode(bytes)}\n`).join('');
}

const decoder = new TextDecoder();
