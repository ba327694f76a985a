import type { Behaviour } from './behaviours.ts';

export type Evidence = Readonly<{
  /** Who vouches for it: the id of a merchant, or the code of a programme. */
  issuer: string;
  number: string;
}>;

type Deed = Readonly<{ memberId: string; day: number; evidence: Evidence }>;

/**
 * The name of what is claimed, the same for whichever programme reports it, so that one deed is claimed once:
 * a ride by its number with the operator, a certificate by its number alone, a day's walk by member and day
 * (two devices measure the same walk), an order by its number and the deed, since one order may be without cutlery
 * and with one's own cup.
 */
export function claimOf(
  { evidence: kind, group }: Pick<Behaviour, 'evidence' | 'group'>,
  { memberId, day, evidence: { issuer, number } }: Deed,
): string {
  switch (kind) {
    case 'ORDER':
      return orderClaim(issuer, number, group);
    case 'DAY_TOTAL':
      return nameOf([kind, group, memberId, String(day)]);
    case 'RETIRED_CERTIFICATE':
      return nameOf([kind, plain(number)]);
    case 'PARTICIPATION':
      return nameOf([kind, issuer, memberId]);
    default:
      return nameOf([kind, plain(issuer), plain(number)]);
  }
}

/** The claim of a deed by an order: a purchase line makes the same one. Merchants mind case in order numbers. */
export const orderClaim = (merchantId: string, orderNumber: string, group: string): string =>
  nameOf(['ORDER', merchantId, orderNumber, group]);

/** Numbers are typed in one way here and in another there. */
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();

/** A slash in a part is not one between parts. */
const nameOf = (parts: readonly string[]): string =>
  parts.map((part) => part.replaceAll('%', '%25').replaceAll('/', '%2F')).join('/');
