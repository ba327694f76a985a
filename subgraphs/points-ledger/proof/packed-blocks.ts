import type { FoundBlock } from '../domain/journal-check.ts';
import { type PackedEntries, Packer, Unpacker } from '../domain/packed.ts';

/** Blocks that were read and hashed in another thread. */
export type PackedBlocks = Readonly<{
  blocks: readonly (Omit<FoundBlock, 'entries'> & Readonly<{ entries: number }>)[];
  entries: PackedEntries;
}>;

/** What of it is handed over to another thread and not copied. */
export const movedOf = ({ entries }: PackedBlocks): ArrayBuffer[] =>
  // They were made of arrays, and share no memory.
  [entries.keys.buffer, entries.numbers.buffer] as ArrayBuffer[];

export function packBlocks(found: Iterable<FoundBlock>): PackedBlocks {
  const packer = new Packer();
  const blocks = Array.from(found, ({ stated, answersHash, root, entries }) => {
    for (const entry of entries) packer.add(entry);
    return { stated, answersHash, root, entries: entries.length };
  });
  return { blocks, entries: packer.packed() };
}

export function* unpackBlocks({ blocks, entries }: PackedBlocks): Generator<FoundBlock> {
  const unpacker = new Unpacker(entries);
  for (const block of blocks) yield { ...block, entries: unpacker.take(block.entries) };
}
