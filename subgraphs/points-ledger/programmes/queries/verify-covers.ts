import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Replay } from '../../domain/replay.ts';
import { coverOf } from '../../ledger/covers.ts';
import { sumSettled } from '../commands/settle-covers.ts';

type Row = Record<string, string>;

/**
 * Compares the open points of issuers with what the journal adds up to, less what was paid for, and what they
 * may have open with what was said last. Who has no cover never had one, or it was taken away.
 */
export async function verifyCovers(reader: EntityManager, replay: Replay): Promise<string[]> {
  const problems: string[] = [];
  const rows = await reader.query<Row[]>('SELECT * FROM points_cover');
  const versions = await reader.query<Row[]>(
    'SELECT * FROM points_cover_version ORDER BY issuer_id, unit, version',
  );
  const said = Map.groupBy(versions, (row) => `${row.issuer_id}\n${row.unit}`);
  for (const cover of rows.map(coverOf)) {
    const { issuerId, unit, version, covered } = cover;
    const own = said.get(`${issuerId}\n${unit}`) ?? [];
    said.delete(`${issuerId}\n${unit}`);
    const last = own.at(-1);
    const isSaid = last && toSafeInteger(last.covered) === covered && !isRemoval(last);
    if (own.length !== version || !isGapless(own) || !isSaid) {
      problems.push(`the cover of ${issuerId} in ${unit} is not what was said last`);
    }
    const open = replay.open.get(issuerId, unit) - (await settled(reader, cover));
    if (open !== cover.open) {
      problems.push(`${issuerId} has ${cover.open} ${unit} open, should be ${open}`);
    }
  }
  for (const [text, own] of said) {
    if (isRemoval(own.at(-1)) && isGapless(own)) continue;
    problems.push(`the cover of ${text.replace('\n', ' in ')} is missing`);
  }
  return problems;
}

const isRemoval = (version: Row | undefined): boolean => Number(version?.removed) === 1;

const isGapless = (versions: readonly Row[]): boolean =>
  versions.every((row, index) => toSafeInteger(row.version) === index + 1);

async function settled(
  reader: EntityManager,
  { issuerId, unit }: Readonly<{ issuerId: string; unit: string }>,
): Promise<number> {
  const cycles = await reader.query<Row[]>(
    'SELECT cycle_id FROM points_cover_settled WHERE issuer_id = ?',
    [issuerId],
  );
  const ids = cycles.map((row) => String(row.cycle_id));
  return (await sumSettled(reader, issuerId, ids)).get(unit) ?? 0;
}
