import { addDays, type Day } from '../../../../shared/calendar.ts';
import type { Span } from './spans.ts';

/** What an issuer has to show (S54), and for some trades the licence of the authority that watches over them. */
export type DocumentKind =
  | 'CREDIT_CERTIFICATE'
  | 'THIRD_PARTY_ASSESSMENT'
  | 'FILING'
  | 'OPERATING_LICENCE';

/** A document of an issuer, in as much as it decides whether points may be issued. */
export type IssuerDocument = Readonly<{
  kind: DocumentKind;
  state: 'SUBMITTED' | 'VERIFIED' | 'REJECTED' | 'REVOKED';
  issuedOn: Day;
  /** The last day on which it is good. */
  expiresOn: Day;
  verifiedAt: Date | null;
  /** When it turned out to be worth nothing after all. */
  revokedAt: Date | null;
}>;

/** The alliance keeps the calendar of China, which is eight hours ahead and has no daylight saving. */
const OFFSET_MS = 8 * 60 * 60 * 1000;

/** The instant at which a day of the alliance's calendar begins. */
export const beginOf = (day: Day): Date =>
  new Date(
    Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100) - OFFSET_MS,
  );

/** The instant at which a day of the alliance's calendar is over. */
export const endOf = (day: Day): Date => beginOf(addDays(day, 1));

/**
 * Since when and until when a document lets its merchant issue, or null for one that nobody has verified. It
 * counts from its verification on, not from before: until then the public was told that no points are issued.
 */
export function spanOf(document: IssuerDocument): Span | null {
  const { verifiedAt, revokedAt, issuedOn, expiresOn } = document;
  if (verifiedAt === null) return null;
  const from = Math.max(beginOf(issuedOn).getTime(), verifiedAt.getTime());
  const until = Math.min(endOf(expiresOn).getTime(), revokedAt?.getTime() ?? Infinity);
  return from < until ? { from, until } : null;
}
