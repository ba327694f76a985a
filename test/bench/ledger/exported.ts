import type { Database } from '../../../shared/database/database.ts';
import { newId } from '../../../shared/identifiers.ts';
import { createCheckpoints } from '../../../subgraphs/points-ledger/proof/checkpoints.ts';
import { exportJournal } from '../../../subgraphs/points-ledger/proof/export-journal.ts';
import { verifierOf } from '../../../subgraphs/points-ledger/proof/note.ts';
import { verifyExport } from '../../../subgraphs/points-ledger/proof/verify-export.ts';

/** An export of books, with the key of who signed it. */
export type Exported = Readonly<{ folder: string; verifierKey: string }>;

/** Writes all blocks of the books into `FOLDER-export`. */
export async function exported(database: Database, folder: string): Promise<Exported> {
  const keys = { secret: newId().repeat(2), name: 'bench.example', folder: `${folder}-notes` };
  const { make, verifierKey } = createCheckpoints({ database }, keys);
  const checkpoint = await make();
  if (checkpoint === null) throw new Error('nothing was booked');
  await exportJournal(database.reader, {
    ...{ folder: `${folder}-export`, from: 1, to: checkpoint.blocks, verifierKey },
    note: checkpoint.note,
    onProgress: () => undefined,
  });
  return { folder: `${folder}-export`, verifierKey };
}

/** What is wrong with an export, looked at without a database. */
export async function problemsOf({ folder, verifierKey }: Exported): Promise<readonly string[]> {
  const verifier = verifierOf(verifierKey);
  const onProgress = () => undefined;
  return (await verifyExport({ folders: [folder], notes: [], verifier, onProgress })).problems;
}
