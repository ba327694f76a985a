import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Replay } from '../../domain/replay.ts';
import { coverOf } from '../../ledger/covers.ts';
import { sumSettled } from '../commands/settle-covers.ts';

type Row = Record<string, string>;

/**
 * Compares the open points of issuers with what the journal adds up to, less what was paid for, and what they
 * may have open with what was said last.
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
    const isGapless = own.every((row, index) => toSafeInteger(row.version) === index + 1);
    if (own.length !== version || !isGapless || toSafeInteger(own.at(-1)?.covered) !== covered) {
      problems.push(`the cover of ${issuerId} in ${unit} is not what was said last`);
    }
    const open = replay.open.get(issuerId, unit) - (await settled(reader, cover));
    if (open !== cover.open) {
      problems.push(`${issuerId} has ${cover.open} ${unit} open, should be ${open}`);
    }
  }
  for (const text of said.keys()) {
    problems.push(`the cover of ${text.replace('\n', ' in ')} is missing`);
  }
  return problems;
}

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
