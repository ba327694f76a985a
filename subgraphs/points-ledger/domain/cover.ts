import type { Books, Wallet } from './books.ts';
import type { Posting } from './entry.ts';
import type { LotKey } from './lot.ts';

/** How many points of a unit an issuer may have open, and how many it has. Changed in place by `apply`. */
export type Cover = {
  readonly issuerId: string;
  readonly unit: string;
  readonly version: number;
  readonly covered: number;
  open: number;
};

type OfIssuer = Pick<LotKey, 'issuerId' | 'unit'>;

export const coverText = ({ issuerId, unit }: OfIssuer): string => `${issuerId}\n${unit}`;

/**
 * What a line adds to the open points of an issuer: those in wallets, and those that other merchants accepted,
 * which it owes for. What it accepted itself or what lapsed is open no more.
 */
export function opened({
  account,
  ownerId,
  key,
  amount,
}: Pick<Posting, 'account' | 'ownerId' | 'key' | 'amount'>): number {
  if (account === 'REDEEMED') return ownerId === key.issuerId ? 0 : amount;
  return account === 'AVAILABLE' || account === 'PENDING' || account === 'HELD' ? amount : 0;
}

/**
 * Whether an issuer may promise so many more points (L10). Who has no cover may; who has one only as far as it
 * reaches. Redeeming, returning and giving back go on whatever it says.
 */
export function mayIssue({ covers }: Books, of: OfIssuer, points: number): boolean {
  const cover = covers.get(coverText(of));
  return cover === undefined || BigInt(cover.open) + BigInt(points) <= BigInt(cover.covered);
}

/** What a member owes an issuer in a unit: points that come in pay it first, so they are not open. */
export const owedTo = ({ debts }: Wallet, { issuerId, unit }: OfIssuer): number =>
  debts
    .values()
    .filter((debt) => debt.issuerId === issuerId && debt.unit === unit)
    .reduce((all, { points }) => all + points, 0);

/** Keeps the open points of the issuers that have a cover, line by line. */
export function followCovers({ covers }: Books, postings: readonly Posting[]): void {
  if (covers.size === 0) return;
  for (const posting of postings) {
    const cover = covers.get(coverText(posting.key));
    if (cover !== undefined) cover.open += opened(posting);
  }
}
