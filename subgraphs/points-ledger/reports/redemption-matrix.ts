import type { EntityManager } from 'typeorm';
import { sum } from '../../../shared/quantities.ts';
import { amountUpToCut } from '../clearing/domain/amounts.ts';
import type { Money } from '../domain/price.ts';
import {
  type AcceptedPoints,
  countAcceptances,
  type Range,
  readAcceptedPoints,
} from './read-reports.ts';

/** Points of one issuer that one merchant accepted. Null stands for all the others. */
export type RedemptionFlow = Readonly<{
  issuerId: string | null;
  acceptorId: string | null;
  points: number;
  amounts: Money[];
  count: number;
}>;

/**
 * Where points were earned and where they were spent. A merchant gets three sums at most: its own points
 * that it accepted itself, its own that others accepted, and those of others that it accepted. Which
 * others those are would tell where its customers shop.
 */
export async function redemptionMatrix(
  reader: EntityManager,
  range: Range,
  merchantId: string | null,
): Promise<RedemptionFlow[]> {
  const accepted = await readAcceptedPoints(reader, range, merchantId);
  const counts = await countAcceptances(reader, range, merchantId);
  const shown = (id: string) => (merchantId === null || id === merchantId ? id : null);
  const pair = (issuerId: string | null, acceptorId: string | null) => `${issuerId}\n${acceptorId}`;
  const countOf = new Map(
    counts.map(({ issuerId, acceptorId, count }) => [pair(issuerId, acceptorId), count]),
  );
  return Map.groupBy(accepted, ({ issuerId, acceptorId }) =>
    pair(shown(issuerId), shown(acceptorId)),
  )
    .entries()
    .flatMap(([text, parts]) => {
      const [first] = parts;
      if (first === undefined) return [];
      return [
        {
          issuerId: shown(first.issuerId),
          acceptorId: shown(first.acceptorId),
          points: sum(parts.map(({ points }) => points)),
          amounts: amountsOf(parts),
          count: countOf.get(text) ?? 0,
        },
      ];
    })
    .toArray();
}

/** Rounded once for each issuer, acceptor and price, as what they owe each other is. */
export const amountsOf = (parts: readonly AcceptedPoints[]): Money[] =>
  Map.groupBy(
    parts.map(({ points, priceClass }) => amountUpToCut(points, priceClass)),
    ({ currency }) => currency,
  )
    .entries()
    .map(([currency, amounts]) => ({
      currency,
      amountMinor: sum(amounts.map(({ amountMinor }) => amountMinor)),
    }))
    .toArray();
