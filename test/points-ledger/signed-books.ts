import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notesIn } from '../../subgraphs/points-ledger/proof/checkpoint-files.ts';
import { createCheckpoints } from '../../subgraphs/points-ledger/proof/checkpoints.ts';
import { signerOf, verifierOf } from '../../subgraphs/points-ledger/proof/note.ts';
import type { AloneOptions } from '../support/alone.ts';
import type { Engine } from '../support/engines.ts';
import { operator } from '../support/people.ts';
import { openBooks } from './books-world.ts';

export const secret = 's'.repeat(32);
export const name = 'test.example/points';
export const verifier = verifierOf(signerOf(secret, name).verifierKey);

/** Books that sign their checkpoints into a folder of their own. */
export async function openSigned(engine: Engine, options: AloneOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tongdui-checkpoints-'));
  const books = await openBooks(engine, { ...options, checkpoint: { secret, name, folder } });
  const notes = () =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.txt'))
      .toSorted()
      .flatMap((file) => notesIn(readFileSync(join(folder, file), 'utf8')));
  const { make, makeOver } = createCheckpoints(books.frame, { secret, name, folder });
  const close = books[Symbol.asyncDispose];
  return Object.assign(books, {
    folder,
    notes,
    make,
    makeOver,
    proofOf: async (entryId: string | null, as = operator) =>
      (
        await books.data(
          'query ($id: ID!) { proof(entryId: $id) { entryId block text checkpoint { blocks note } } }',
          { id: entryId },
          { as },
        )
      ).proof,
    async [Symbol.asyncDispose]() {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}
