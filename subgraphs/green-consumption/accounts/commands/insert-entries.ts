import type { EntityManager } from 'typeorm';
import type { Dialect } from '../../../../shared/database/dialect.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import type { CarbonEntry } from '../../domain/carbon-entries.ts';

/** An entry that is known is left alone: an event may come more than once. */
export const insertEntries = (
  { manager, dialect }: Readonly<{ manager: EntityManager; dialect: Dialect }>,
  entries: readonly CarbonEntry[],
): Promise<void> =>
  insertRows(
    manager,
    'green_carbon_entry',
    [
      ...['cause', 'line', 'factor_code', 'factor_version', 'basis', 'member_id', 'merchant_id'],
      ...['origin', 'certificate_id', 'activity_milli', 'pieces', 'grams', 'occurred_ms'],
    ],
    entries.map((entry) => [
      ...[entry.cause, entry.line, entry.factorCode, entry.factorVersion, entry.basis],
      ...[entry.memberId, entry.merchantId, entry.origin, entry.certificateId],
      ...[entry.activityMilli, entry.pieces, entry.grams, entry.occurredAt.getTime()],
    ]),
    { ending: dialect.onDuplicateKeep(['cause', 'line', 'factor_code']) },
  );
