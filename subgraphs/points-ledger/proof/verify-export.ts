import { usefulThreads } from '../../../shared/threads.ts';
import { type FoundBlock, JournalCheck } from '../domain/journal-check.ts';
import { sha256 } from '../ledger/sha256.ts';
import { isSignedBy, readCheckpoint, type Verifier } from './note.ts';
import { chunkedBlocks, type Reading } from './read-chunks.ts';
import { type ExportFiles, exportedBlocks, findExport } from './read-export.ts';

const PROBLEMS_MAX = 100;

export type ExportQuestion = Readonly<{
  /** Folders of exports that go on from each other. */
  folders: readonly string[];
  /** Checkpoints from elsewhere, besides those in the folders. */
  notes: readonly string[];
  /** Who is believed. Null: signatures are not looked at. */
  verifier: Verifier | null;
  /**
   * How many threads read and hash besides the one that follows the entries, 0 for none, and parts of how
   * many bytes each is given. Without it as many as are worth their while.
   */
  reading?: Reading;
  /** Shares of one. */
  onProgress: (done: Readonly<{ share: number; entries: number }>) => void;
}>;

export type Verified = Readonly<{
  problems: readonly string[];
  entries: number;
  blocks: number;
  /** Over how many blocks the newest checkpoint is that the journal was held against. */
  signed: number;
}>;

/**
 * Proves the journal from an export alone. Throws an Error when what is given is no export. Memory grows
 * with wallets, lots, accruals and burns, since later entries may name any of them.
 */
export async function verifyExport(question: ExportQuestion): Promise<Verified> {
  const { files, bytes, notes } = await findExport(question.folders);
  const { heads, problems } = readNotes([...notes, ...question.notes], question.verifier);
  const check = new JournalCheck(sha256, heads);
  for await (const block of found(files, question.reading ?? readingOf(bytes))) {
    if (check.height === 0 && block.stated.height > 1) {
      throw new Error(
        `the export begins at block ${block.stated.height}: give what comes before it too, with --from`,
      );
    }
    check.add(block);
    question.onProgress({ share: block.bytes / bytes, entries: check.nextSeq - 1 });
    if (check.problems.length >= PROBLEMS_MAX) break;
  }
  if (check.problems.length < PROBLEMS_MAX) check.end();
  return {
    problems: [...problems, ...check.problems].slice(0, PROBLEMS_MAX),
    entries: check.nextSeq - 1,
    blocks: check.height,
    signed: Math.max(0, ...heads.map(({ size }) => size)),
  };
}

/** Threads start slower than this is read. */
const SMALL_BYTES = 8 * 1024 * 1024;
/** Some 1,500 entries: enough that handing them over costs little, and few in memory at a time. */
const CHUNK_BYTES = 1024 * 1024;

const readingOf = (bytes: number): Reading => ({
  threads: bytes < SMALL_BYTES ? 0 : usefulThreads(),
  chunkBytes: CHUNK_BYTES,
});

const found = (
  files: ExportFiles['files'],
  reading: Reading,
): AsyncGenerator<FoundBlock & Readonly<{ bytes: number }>> =>
  reading.threads === 0
    ? exportedBlocks(files.map(({ path }) => path))
    : chunkedBlocks(files, reading);

/** What was signed, as far as it is believed, and what is wrong with the rest. */
export function readNotes(notes: readonly string[], verifier: Verifier | null) {
  const problems: string[] = [];
  const heads = notes.flatMap((note) => {
    const head = readCheckpoint(note);
    if (head === null) {
      problems.push('a checkpoint is not in the form of one');
      return [];
    }
    if (verifier === null || isSignedBy(verifier, note)) return [head];
    problems.push(`the checkpoint over ${head.size} blocks is not signed with this key`);
    return [];
  });
  return { heads, problems };
}
