import { type Refused, refused } from '../../../../shared/graphql/refusals.ts';
import { sum } from '../../../../shared/quantities.ts';
import type { GasBasis } from '../../domain/factors.ts';

export type BasesMixed = Refused<'BasesMixed'>;

type Based = Readonly<{ basis: GasBasis | null }>;

/** Refuses to take CO2 and CO2e for the same thing. What is no mass of gases goes with either. */
export function refuseMixed(parts: readonly Based[]): BasesMixed | null {
  const bases = new Set(parts.flatMap(({ basis }) => basis ?? []));
  return bases.size > 1 ? refused('BasesMixed', 'BASES_MIXED') : null;
}

export type Grams = Readonly<{ basis: GasBasis; grams: number }>;

/** The sum in the basis of the parts, or the refusal to add what is not the same. Nothing is 0 g of CO2e. */
export function addUp(parts: readonly Grams[]): Grams | BasesMixed {
  const mixed = refuseMixed(parts);
  if (mixed !== null) return mixed;
  return { basis: parts[0]?.basis ?? 'CO2E', grams: sum(parts.map(({ grams }) => grams)) };
}
