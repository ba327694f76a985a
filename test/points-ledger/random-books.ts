import { insertRows } from '../../shared/database/rows.ts';
import { canonicalJson, sha256 } from '../../shared/identifiers.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import type { OpenBooks } from './books-world.ts';
import type { Step } from './random-commands.ts';
import { covers, rates } from './test-books.ts';

/** Every command of the tests comes a second after the one before, so that each has its own instant. */
const STEP_MS = 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Posts commands one after the other, and does something after each that was accepted. */
export async function playOut(
  books: OpenBooks,
  sequence: readonly Step[],
  after: (at: Date, entryId: string) => Promise<void> = async () => {},
): Promise<void> {
  await setTerms(books);
  const ledger = createLedger(books.frame);
  for (const [index, { command, days }] of sequence.entries()) {
    const at = new Date(books.clock.now().getTime() + STEP_MS + days * DAY_MS);
    books.clock.set(at.toISOString());
    const key = `step-${at.getTime()}-${index}`;
    const request = {
      scope: 'service:test',
      key,
      requestHash: sha256(canonicalJson(command)),
      command,
    };
    const [outcome] = await ledger.post([request]);
    // A command that breaks would leave the test with nothing to look at.
    if (outcome?.status === 'FAILED') throw new Error(`the ledger failed over ${key}`);
    if (outcome?.entryId != null) await after(at, outcome.entryId);
  }
}

/** At these rates the random commands convert, and so far their issuers may issue. */
export async function setTerms({ database }: Pick<OpenBooks, 'database'>): Promise<void> {
  await database.transaction(async (manager) => {
    await insertRows(
      manager,
      'points_rate',
      // biome-ignore format: the columns in the order of the values below.
      ['issuer_id', 'unit', 'to_unit', 'version', 'numerator', 'denominator', 'price_class',
        'effective_on', 'recorded_ms'],
      rates.map((rate) => [
        rate.issuerId,
        rate.unit,
        rate.toUnit,
        rate.version,
        rate.numerator,
        rate.denominator,
        rate.priceClass,
        rate.effectiveOn,
        0,
      ]),
    );
    const columns = ['issuer_id', 'unit', 'version', 'covered'];
    const rows = covers.map(({ issuerId, unit, version, covered }) => [
      issuerId,
      unit,
      version,
      covered,
      0,
    ]);
    await insertRows(manager, 'points_cover', [...columns, 'open_points'], rows);
    await insertRows(manager, 'points_cover_version', [...columns, 'recorded_ms'], rows);
    await manager.query('UPDATE points_chain_head SET covers = ?', [covers.length]);
  });
}
