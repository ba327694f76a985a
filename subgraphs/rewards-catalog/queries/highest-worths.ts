import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';

/** So much money, in the smallest unit, for so many points. Exact. */
export type UnitWorth = Readonly<{
  unit: string;
  currency: string;
  minor: number;
  points: number;
}>;

/**
 * Of each unit and currency the published reward that gives the most money's worth for a point (L9). Prices are
 * read once each and compared exactly.
 */
export async function highestWorths(
  reader: EntityManager,
  units: readonly string[],
): Promise<UnitWorth[]> {
  if (units.length === 0) return [];
  const rows = await reader.query<Record<'unit' | 'currency' | 'minor' | 'points', unknown>[]>(
    `SELECT DISTINCT unit, cash_currency AS currency, cash_minor AS minor, points FROM rewards_reward
     WHERE status = 'PUBLISHED' AND unit IN (${placeholders(units.length)})`,
    [...units],
  );
  const best = new Map<string, UnitWorth>();
  for (const row of rows) {
    const worth = {
      unit: String(row.unit),
      currency: String(row.currency),
      minor: toSafeInteger(row.minor),
      points: toSafeInteger(row.points),
    };
    const key = `${worth.currency} ${worth.unit}`;
    const known = best.get(key);
    if (known === undefined || isMore(worth, known)) best.set(key, worth);
  }
  return [...best.values()];
}

const isMore = (one: UnitWorth, other: UnitWorth): boolean =>
  BigInt(one.minor) * BigInt(other.points) > BigInt(other.minor) * BigInt(one.points);
