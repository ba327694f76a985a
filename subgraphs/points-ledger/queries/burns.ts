import { sum } from '../../../shared/quantities.ts';
import type { LotAmount } from '../domain/lot.ts';
import { claimAmount } from '../domain/price.ts';
import { shownExpiry } from './wallet.ts';

/** A burnt part of a lot: who accepted it, and what the issuer owes for what was not given back. */
export type BurntLine = LotAmount &
  Readonly<{
    acceptorId: string;
    refunded: number;
    claim: Readonly<{ amountMinor: number; currency: string }> | null;
  }>;

/** `points` are what was burnt; of the line, what is left of it. */
export const burntLine = ({
  key,
  points,
  acceptorId,
  refunded,
}: LotAmount & Readonly<{ acceptorId: string; refunded: number }>): BurntLine => ({
  key,
  points: points - refunded,
  refunded,
  acceptorId,
  claim: key.issuerId === acceptorId ? null : claimAmount(points - refunded, key.priceClass),
});

/** What burning these draws at a merchant would say. */
export const plannedLines = (draws: readonly LotAmount[], acceptorId: string): BurntLine[] =>
  draws.map((draw) => burntLine({ ...draw, acceptorId, refunded: 0 }));

/** By issuer and expiry, in the order of burning. Which price a lot had is not the member's concern. */
export const burnsOf = (lines: readonly BurntLine[]) =>
  Map.groupBy(
    lines,
    ({ key }) => `${key.unit}\n${key.issuerId}\n${key.expiresOn}\n${key.contributor}`,
  )
    .values()
    .flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : [
            {
              points: sum([first, ...others].map(({ points }) => points)),
              refunded: sum([first, ...others].map(({ refunded }) => refunded)),
              contributor: first.key.contributor === '' ? null : { id: first.key.contributor },
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

/**
 * By debtor, creditor and currency. A merchant owes itself nothing for its own points, and nobody anything
 * for points that were given back.
 */
export const claimsOf = (lines: readonly BurntLine[]) =>
  Map.groupBy(
    lines.filter(({ claim, points }) => claim !== null && points > 0),
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
