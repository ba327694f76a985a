import { assert } from '../../../../shared/assert.ts';
import { dayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { type Refused, refused } from '../../../../shared/graphql/refusals.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { readHead } from '../../ledger/run-batch.ts';
import type { CloseClearingCycleInput } from '../../schema.generated.ts';
import { type Correction, cutCycle } from '../domain/cut.ts';
import { readBurnSums, readClearingHead } from '../queries/burn-sums.ts';
import { readTerms } from '../queries/terms.ts';
import { writeCycle } from './write-cycle.ts';

export type ClearingCycleClosed = Readonly<{ kind: 'ClearingCycleClosed'; cycleId: string }>;

/**
 * Cuts the books behind the last entry, and clears what was redeemed since the last cut. Cycles follow
 * one another without a gap, so every claim is in exactly one.
 *
 * No entry can be missed: entries get their numbers under the lock of the chain's head, which is held
 * until they are committed together with it. What the head says here is committed, and so is every
 * entry below it. The ledger goes on meanwhile; later entries are for the next cycle.
 */
export async function closeClearingCycle(
  work: Work,
  _: CloseClearingCycleInput,
): Promise<ClearingCycleClosed | Refused<'NothingToClear'>> {
  const { manager, dialect, at } = work;
  const cut = await readClearingHead(manager, dialect.forUpdate);
  const head = await readHead(manager);
  assert(head !== null, 'the migration makes the head of the chain');
  const range = { firstSeq: cut.lastSeq + 1, lastSeq: head.nextSeq - 1 };
  const burns = await readBurnSums(manager, range);
  const corrections = await readCorrections(manager);
  if (burns.length + corrections.length === 0) {
    return refused('NothingToClear', 'NOTHING_TO_CLEAR', { number: cut.cycles });
  }

  // From here on the command must succeed.
  const merchantIds = new Set(
    [...burns, ...corrections].flatMap(({ debtorId, creditorId }) => [debtorId, creditorId]),
  );
  const terms = await readTerms(manager, [...merchantIds]);
  const cycle = { id: work.newId(), number: cut.cycles + 1, ...range };
  await writeCycle(work, cycle, cutCycle({ burns, corrections }, terms, dayOf(at)), terms);
  await appendEvents(manager, at, [
    {
      kind: 'clearing.closed',
      payload: { cycleId: cycle.id, number: cycle.number, ...range },
    },
  ]);
  return { kind: 'ClearingCycleClosed', cycleId: cycle.id };
}

async function readCorrections(manager: Work['manager']): Promise<Correction[]> {
  const rows = await manager.query<Record<string, string>[]>(
    `SELECT correction.id, correction.line_id, correction.amount_minor, correction.note,
       line.debtor_id, line.creditor_id, line.price_class, line.currency
     FROM points_clearing_correction correction
     JOIN points_clearing_line line ON line.id = correction.line_id
     WHERE correction.cycle_id IS NULL`,
  );
  return rows.map((row) => ({
    id: String(row.id),
    lineId: String(row.line_id),
    debtorId: String(row.debtor_id),
    creditorId: String(row.creditor_id),
    priceClass: String(row.price_class),
    currency: String(row.currency),
    amountMinor: toSafeInteger(row.amount_minor),
    note: String(row.note),
  }));
}
