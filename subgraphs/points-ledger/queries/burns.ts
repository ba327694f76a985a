import { sum } from '../../../shared/quantities.ts';
import type { LotAmount } from '../domain/lot.ts';
import { claimAmount } from '../domain/price.ts';
import type { PostingRow } from '../loaders.ts';
import { shownExpiry } from './wallet.ts';

/** A burnt part of a lot: who accepted it, and what the issuer owes for it. */
export type BurntLine = LotAmount &
  Readonly<{
    acceptorId: string;
    claim: Readonly<{ amountMinor: number; currency: string }> | null;
  }>;

/** What a posting to a merchant's account of accepted points says. */
export const burntLines = (postings: readonly PostingRow[]): BurntLine[] =>
  postings
    .filter(({ account }) => account === 'REDEEMED')
    .map(({ key, amount, ownerId, claimMinor, claimCurrency }) => ({
      key,
      points: amount,
      acceptorId: ownerId,
      claim:
        claimMinor === null || claimCurrency === null
          ? null
          : { amountMinor: claimMinor, currency: claimCurrency },
    }));

/** What burning these draws at a merchant would say. */
export const plannedLines = (draws: readonly LotAmount[], acceptorId: string): BurntLine[] =>
  draws.map(({ key, points }) => ({
    key,
    points,
    acceptorId,
    claim: key.issuerId === acceptorId ? null : claimAmount(points, key.priceClass),
  }));

/** By issuer and expiry, in the order of burning. Which price a lot had is not the member's concern. */
export const burnsOf = (lines: readonly BurntLine[]) =>
  Map.groupBy(lines, ({ key }) => `${key.unit}\n${key.issuerId}\n${key.expiresOn}`)
    .values()
    .flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : [
            {
              points: sum([first, ...others].map(({ points }) => points)),
              unit: first.key.unit,
              issuer: { id: first.key.issuerId },
              expiresOn: shownExpiry(first.key.expiresOn),
            },
          ],
    )
    .toArray();

/**
 * What a merchant sees of the claims of one redemption: those it owes, and of those it is owed the sum
 * alone. Who the debtors are would tell it where else the member shops.
 */
export function claimsSeenBy(merchantId: string, claims: ReturnType<typeof claimsOf>) {
  const owes = claims.filter(({ debtor }) => debtor.id === merchantId);
  const owed = Map.groupBy(
    claims.filter(({ creditor }) => creditor.id === merchantId),
    ({ amount }) => amount.currency,
  );
  return [
    ...owes,
    ...[...owed].map(([currency, parts]) => ({
      debtor: null,
      creditor: { id: merchantId },
      points: sum(parts.map(({ points }) => points)),
      amount: { amountMinor: sum(parts.map(({ amount }) => amount.amountMinor)), currency },
    })),
  ];
}

/** By debtor, creditor and currency. A merchant owes itself nothing for its own points. */
export const claimsOf = (lines: readonly BurntLine[]) =>
  Map.groupBy(
    lines.filter(({ claim }) => claim !== null),
    ({ key, acceptorId, claim }) => `${key.issuerId}\n${acceptorId}\n${claim?.currency}`,
  )
    .values()
    .flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : [
            {
              debtor: { id: first.key.issuerId },
              creditor: { id: first.acceptorId },
              points: sum([first, ...others].map(({ points }) => points)),
              amount: {
                amountMinor: sum([first, ...others].map(({ claim }) => claim?.amountMinor ?? 0)),
                currency: first.claim?.currency ?? '',
              },
            },
          ],
    )
    .toArray();
