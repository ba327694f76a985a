import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../../../shared/quantities.ts';
import type { JournalCheck } from '../domain/journal-check.ts';
import { readCheckpoint } from './note.ts';
import { tableRows } from './verify-state.ts';

/** The checkpoints in the database, and those that do not agree with themselves. */
export async function storedNotes(
  reader: EntityManager,
): Promise<Readonly<{ notes: readonly string[]; problems: readonly string[] }>> {
  const notes: string[] = [];
  const problems: string[] = [];
  for await (const row of tableRows(reader, 'points_checkpoint', ['blocks'])) {
    const note = String(row.note);
    const head = readCheckpoint(note);
    const [block] = await reader.query<Record<string, unknown>[]>(
      'SELECT last_seq, recorded_ms FROM points_block WHERE height = ?',
      [row.blocks],
    );
    const is = [row.blocks, row.root, row.entries, row.recorded_ms].join(' ');
    const due = [head?.size, head?.root, block?.last_seq, block?.recorded_ms].join(' ');
    if (is !== due) problems.push(`checkpoint ${row.blocks}: is not what its note says`);
    notes.push(note);
  }
  return { notes, problems };
}

/** The stored parts of the tree over the blocks. One that is missing is made again when it is needed. */
export async function verifyBlockTree(
  reader: EntityManager,
  { subtrees }: JournalCheck,
): Promise<string[]> {
  const problems: string[] = [];
  for await (const row of tableRows(reader, 'points_block_tree', ['level', 'place'])) {
    const place = `${toSafeInteger(row.level)} ${toSafeInteger(row.place)}`;
    if (subtrees.get(place) === row.hash) continue;
    problems.push(`the hash of subtree ${place} is not that of its blocks`);
  }
  return problems;
}
