import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Cover } from '../../domain/cover.ts';
import { coverOf } from '../../ledger/covers.ts';

/** The cover that an issuer has; null: it issues at will. */
export async function readCover(
  manager: Work['manager'],
  issuerId: string,
  unit: string,
  ending = '',
): Promise<Cover | null> {
  const [row] = await manager.query<Record<string, string>[]>(
    `SELECT * FROM points_cover WHERE issuer_id = ? AND unit = ? ${ending}`,
    [issuerId, unit],
  );
  return row === undefined ? null : coverOf(row);
}

/**
 * Writes down what is said of a cover, points or null for none, and answers the number of that version. Under the
 * lock of the head of the chain, so that nobody else counts on meanwhile.
 */
export async function addVersion(
  { manager, at }: Work,
  { issuerId, unit, covered }: Readonly<{ issuerId: string; unit: string; covered: number | null }>,
): Promise<number> {
  const [last] = await manager.query<Record<string, unknown>[]>(
    `SELECT COALESCE(MAX(version), 0) AS version FROM points_cover_version
     WHERE issuer_id = ? AND unit = ?`,
    [issuerId, unit],
  );
  const version = toSafeInteger(last?.version) + 1;
  await insertRows(
    manager,
    'points_cover_version',
    ['issuer_id', 'unit', 'version', 'covered', 'removed', 'recorded_ms'],
    [[issuerId, unit, version, covered ?? 0, covered === null ? 1 : 0, at.getTime()]],
  );
  return version;
}
