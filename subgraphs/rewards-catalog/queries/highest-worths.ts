import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';

/** So much money, in the smallest unit, for so many points, at one merchant. Exact. */
export type UnitWorth = Readonly<{
  unit: string;
  currency: string;
  merchantId: string;
  minor: number;
  points: number;
}>;

/** Of each unit and currency so many merchants are named, beside those that were asked for. */
const MERCHANTS_NAMED = 4;

/**
 * Of each unit and currency, and each merchant, the published reward that gives the most money's worth for a
 * point (L9): of the four merchants that give the most, the best first, and of those that are asked for. Prices
 * are read once each and compared exactly.
 */
export async function highestWorths(
  reader: EntityManager,
  units: readonly string[],
  merchantIds: readonly string[],
): Promise<UnitWorth[]> {
  if (units.length === 0) return [];
  type Row = Record<keyof UnitWorth, unknown>;
  const rows = await reader.query<Row[]>(
    `SELECT DISTINCT unit, cash_currency AS currency, merchant_id AS merchantId, 
       cash_minor - COALESCE(cash_part_minor, 0) AS minor, least_points AS points
     FROM rewards_reward WHERE status = 'PUBLISHED' AND unit IN (${placeholders(units.length)})`,
    [...units],
  );
  const best = new Map<string, UnitWorth>();
  for (const row of rows) {
    const worth = {
      unit: String(row.unit),
      currency: String(row.currency),
      merchantId: String(row.merchantId),
      minor: toSafeInteger(row.minor),
      points: toSafeInteger(row.points),
    };
    const key = `${kindOf(worth)} ${worth.merchantId}`;
    const known = best.get(key);
    if (known === undefined || compare(worth, known) < 0) best.set(key, worth);
  }
  const asked = new Set(merchantIds);
  const named = new Map<string, number>();
  return [...best.values()].toSorted(compare).filter((worth) => {
    const before = named.get(kindOf(worth)) ?? 0;
    named.set(kindOf(worth), before + 1);
    return before < MERCHANTS_NAMED || asked.has(worth.merchantId);
  });
}

const kindOf = ({ unit, currency }: UnitWorth): string => `${currency} ${unit}`;

/** The one that gives more for a point goes first. */
function compare(one: UnitWorth, other: UnitWorth): number {
  const less = BigInt(other.minor) * BigInt(one.points) - BigInt(one.minor) * BigInt(other.points);
  if (less !== 0n) return less < 0n ? -1 : 1;
  return one.merchantId < other.merchantId ? -1 : 1;
}
