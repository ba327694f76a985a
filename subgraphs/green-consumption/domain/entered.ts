import { sum } from '../../../shared/quantities.ts';
import type { CarbonEntry } from './carbon-entries.ts';
import { type Factor, factorVersion } from './factors.ts';
import { SHOWN_BASIS, savedGrams } from './saving.ts';

/**
 * Grams of CO2e that stand in the account of what a cause entered, and no more than so many pieces save: what came back a
 * moment ago is taken off before its entry is there. Null: nothing of it was entered.
 */
export function enteredGrams(
  entries: readonly CarbonEntry[],
  { cause, quantity }: Readonly<{ cause: string; quantity: number }>,
  factors: readonly Factor[],
): number | null {
  const first = entries.find((one) => one.cause === cause);
  if (first === undefined) return null;
  if (first.basis !== SHOWN_BASIS) return 0;
  const { factorCode, factorVersion: version, activityMilli } = first;
  const factor = factorVersion(factorCode, version, factors);
  const left = sum(entries.map(({ grams }) => grams));
  return Math.max(0, Math.min(left, savedGrams(factor, { activityMilli, pieces: quantity })));
}
