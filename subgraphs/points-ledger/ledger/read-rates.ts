import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import type { Request } from '../domain/answer.ts';
import type { Books } from '../domain/books.ts';
import type { Convert } from '../domain/command.ts';
import { type Rate, rateText } from '../domain/conversion.ts';

type Row = Record<string, string>;

type Pair = Readonly<{ unit: string; toUnit: string }>;

/** The rates that a batch converts at, in one statement; none when it converts nothing. */
export async function readRates(
  manager: EntityManager,
  books: Books,
  requests: readonly Request[],
): Promise<void> {
  const conversions = requests.flatMap(({ command }): Convert[] =>
    command.kind === 'CONVERT' ? [command] : [],
  );
  books.rates = await findRates(manager, conversions);
}

/** All versions of the rates between some units, of all issuers, by `rateText`, in their order. */
export async function findRates(
  reader: EntityManager,
  pairs: readonly Pair[],
): Promise<Map<string, Rate[]>> {
  if (pairs.length === 0) return new Map();
  const units = [...new Set(pairs.map(({ unit }) => unit))];
  const toUnits = [...new Set(pairs.map(({ toUnit }) => toUnit))];
  const rows = await reader.query<Row[]>(
    `SELECT * FROM points_rate
     WHERE unit IN (${placeholders(units.length)}) AND to_unit IN (${placeholders(toUnits.length)})
     ORDER BY unit, to_unit, issuer_id, version`,
    [...units, ...toUnits],
  );
  return Map.groupBy(rows.map(rateOf), rateText);
}

export const rateOf = (row: Row): Rate => ({
  issuerId: String(row.issuer_id),
  unit: String(row.unit),
  toUnit: String(row.to_unit),
  version: toSafeInteger(row.version),
  numerator: toSafeInteger(row.numerator),
  denominator: toSafeInteger(row.denominator),
  priceClass: String(row.price_class),
  effectiveOn: toSafeInteger(row.effective_on),
});
