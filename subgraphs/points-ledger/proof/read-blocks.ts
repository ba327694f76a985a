import type { EntityManager } from 'typeorm';
import type { FoundBlock } from '../domain/journal-check.ts';
import { leafHash, merkleRoot } from '../domain/merkle.ts';
import {
  type AnsweredRequest,
  answersBytes,
  type Block,
  entryBytes,
  toHex,
} from '../domain/seal.ts';
import { sha256 } from '../ledger/sha256.ts';
import { type BookedEntry, readAnswers, readBlocks, readEntries } from '../queries/read-journal.ts';

const BLOCKS_PAGE = 200;
/** About as many entries are in memory at a time. */
const ENTRIES_PAGE = 5_000;

/** A block with all that it seals. */
export type JournalBlock = Readonly<{
  block: Block;
  answers: readonly AnsweredRequest[];
  entries: readonly BookedEntry[];
}>;

/** The blocks above one height up to another one, each with what it seals. */
export async function* journalBlocks(
  reader: EntityManager,
  after: number,
  upTo = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<JournalBlock> {
  let coming = readPage(reader, after, upTo);
  for (;;) {
    const page = await coming;
    const last = page.at(-1);
    if (last === undefined) return;
    // The next one is read while this one is made use of.
    coming = readPage(reader, last.block.height, upTo);
    // Whoever stops in between does not wait for it.
    coming.catch(() => undefined);
    yield* page;
  }
}

async function readPage(
  reader: EntityManager,
  after: number,
  upTo: number,
): Promise<JournalBlock[]> {
  if (after >= upTo) return [];
  const found = await readBlocks(reader, after, Math.min(BLOCKS_PAGE, upTo - after));
  const blocks = firstOf(found.filter((block) => block.height <= upTo));
  const [first] = blocks;
  const last = blocks.at(-1);
  if (first === undefined || last === undefined) return [];
  const [entries, answers] = await Promise.all([
    readEntries(reader, first.firstSeq, last.lastSeq),
    readAnswers(reader, first.height, last.height),
  ]);
  let at = 0;
  return blocks.map((block) => {
    const own: BookedEntry[] = [];
    for (; at < entries.length; at += 1) {
      const entry = entries[at];
      if (entry === undefined || entry.seq > block.lastSeq) break;
      if (entry.seq >= block.firstSeq) own.push(entry);
    }
    return { block, answers: answers.get(block.height) ?? [], entries: own };
  });
}

/** As many blocks as make a page, at least one. */
function firstOf(blocks: readonly Block[]): Block[] {
  let entries = 0;
  return blocks.filter(({ entries: count }, index) => {
    entries += count;
    return index === 0 || entries <= ENTRIES_PAGE;
  });
}

/** A block of the journal, ready to be checked. */
export const foundBlock = ({ block, answers, entries }: JournalBlock): AnsweredBlock => ({
  stated: block,
  answersHash: toHex(sha256(answersBytes(answers))),
  answers: () => answers,
  root: rootOf(entries.map((entry) => leafHash(sha256, entryBytes(entry)))),
  entries,
});

/** The root over the leaves of a block, hexadecimal. */
export const rootOf = (leaves: readonly Uint8Array[]): string => toHex(merkleRoot(sha256, leaves));

/** A block with what was answered in it, for who writes it down. */
export type AnsweredBlock = FoundBlock & Readonly<{ answers: () => readonly AnsweredRequest[] }>;
