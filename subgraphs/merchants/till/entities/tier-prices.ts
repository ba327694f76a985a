import { EntitySchema } from 'typeorm';
import {
  instant,
  integer,
  json,
  key,
  nullable,
  reference,
} from '../../../../shared/database/columns.ts';
import type { TierPrice } from '../domain/tier-price.ts';

/** One version of what members of a programme pay by tier. It never changes: the next one follows it. */
export type TierPricesRow = Readonly<{
  programmeId: string;
  /** From 1. */
  version: number;
  prices: readonly TierPrice[];
  /** Null: published before a second person was asked for. */
  proposedBy: string | null;
  publishedBy: string;
  publishedAt: Date;
  effectiveAt: Date;
}>;

export const TierPrices = new EntitySchema<TierPricesRow>({
  name: 'TierPrices',
  tableName: 'merchants_tier_prices',
  columns: {
    programmeId: { ...key(reference), name: 'programme_id' },
    version: key(integer),
    prices: json,
    proposedBy: { ...nullable(reference), length: 128, name: 'proposed_by' },
    publishedBy: { ...reference, name: 'published_by' },
    publishedAt: { ...instant, name: 'published_ms' },
    effectiveAt: { ...instant, name: 'effective_ms' },
  },
});

/** Of the versions of a programme, the first one first, that in force at an instant. */
export const pricesInForce = (versions: readonly TierPricesRow[], at: Date): TierPricesRow | null =>
  versions.findLast(({ effectiveAt }) => effectiveAt <= at) ?? null;

/** Of the same versions the one that is public and not in force yet at an instant. */
export function pricesToCome(versions: readonly TierPricesRow[], at: Date): TierPricesRow | null {
  const last = versions.at(-1);
  return last !== undefined && last.effectiveAt > at ? last : null;
}
