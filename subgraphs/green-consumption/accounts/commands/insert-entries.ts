import { type EntityManager, In } from 'typeorm';
import type { Dialect } from '../../../../shared/database/dialect.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import type { CarbonEntry } from '../../domain/carbon-entries.ts';
import { CarbonEntries } from '../../entities/carbon-entry.ts';
import { rolledUp } from '../domain/rolled-up.ts';

/** Where something is entered, and when. */
export type Booking = Readonly<{ manager: EntityManager; dialect: Dialect; at: Date }>;

/**
 * Enters what was saved, and adds it to the sums of merchants and the alliance. An entry that is known is left alone: an
 * event may come more than once. Whoever calls lets nobody else enter the same causes at the same time: a feed is
 * followed by one at a time, and an act is held by its row.
 */
export async function insertEntries(
  { manager, dialect, at }: Booking,
  entries: readonly CarbonEntry[],
): Promise<void> {
  const added = await unknownOf(manager, entries);
  await insertRows(
    manager,
    'green_carbon_entry',
    [
      ...['cause', 'line', 'factor_code', 'factor_version', 'basis', 'member_id', 'merchant_id'],
      ...['origin', 'certificate_id', 'activity_milli', 'pieces', 'grams', 'occurred_ms'],
      ...['booked_ms', 'region'],
    ],
    added.map((entry) => [
      ...[entry.cause, entry.line, entry.factorCode, entry.factorVersion, entry.basis],
      ...[entry.memberId, entry.merchantId, entry.origin, entry.certificateId],
      ...[entry.activityMilli, entry.pieces, entry.grams, entry.occurredAt.getTime()],
      ...[at.getTime(), entry.region ?? null],
    ]),
  );
  await insertRows(
    manager,
    'green_carbon_day',
    [
      ...['subject', 'day_ms', 'factor_code', 'factor_version', 'shard', 'basis'],
      ...['grams', 'entries'],
    ],
    rolledUp(added),
    {
      ending: dialect.onDuplicateAdd(
        'green_carbon_day',
        ['subject', 'day_ms', 'factor_code', 'factor_version', 'shard'],
        ['grams', 'entries'],
      ),
    },
  );
}

async function unknownOf(
  manager: EntityManager,
  entries: readonly CarbonEntry[],
): Promise<CarbonEntry[]> {
  if (entries.length === 0) return [];
  const causes = [...new Set(entries.map(({ cause }) => cause))];
  const known = new Set(
    (await manager.findBy(CarbonEntries, { cause: In(causes) })).map((entry) => keyOf(entry)),
  );
  return entries.filter((entry) => {
    const key = keyOf(entry);
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
}

const keyOf = ({ cause, line, factorCode }: CarbonEntry): string =>
  JSON.stringify([cause, line, factorCode]);
