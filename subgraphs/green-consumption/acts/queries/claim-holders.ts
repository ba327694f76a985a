import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';

/** Who holds each of these claims. Those that nobody holds are not in it. */
export async function holdersOf(
  manager: EntityManager,
  claims: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (claims.length === 0) return new Map();
  const rows = await manager.query<{ claim: string; holder: string }[]>(
    `SELECT claim, holder FROM green_claim WHERE claim IN (${placeholders(claims.length)})`,
    [...claims],
  );
  return new Map(rows.map(({ claim, holder }) => [claim, holder]));
}
