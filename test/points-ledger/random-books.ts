import { canonicalJson } from '../../shared/identifiers.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import type { OpenBooks } from './books-world.ts';
import type { Step } from './random-commands.ts';

/** Every command of the tests comes a second after the one before, so that each has its own instant. */
const STEP_MS = 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Posts commands one after the other, and does something after each that was accepted. */
export async function playOut(
  books: OpenBooks,
  sequence: readonly Step[],
  after: (at: Date, entryId: string) => Promise<void> = async () => {},
): Promise<void> {
  const ledger = createLedger(books.frame);
  for (const [index, { command, days }] of sequence.entries()) {
    const at = new Date(books.clock.now().getTime() + STEP_MS + days * DAY_MS);
    books.clock.set(at.toISOString());
    const key = `step-${at.getTime()}-${index}`;
    const request = { scope: 'service:test', key, requestHash: canonicalJson(command), command };
    const [outcome] = await ledger.post([request]);
    if (outcome?.entryId != null) await after(at, outcome.entryId);
  }
}
