import type { EntityManager } from 'typeorm';
import type { Cover } from '../../domain/cover.ts';
import { coverOf } from '../../ledger/covers.ts';

/** The covers of an issuer, by unit. */
export async function readCovers(reader: EntityManager, issuerId: string): Promise<Cover[]> {
  const rows = await reader.query<Record<string, string>[]>(
    'SELECT * FROM points_cover WHERE issuer_id = ? ORDER BY unit',
    [issuerId],
  );
  return rows.map(coverOf);
}
