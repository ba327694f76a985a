import { type Behaviour, behaviourOf, groupOf } from './behaviours.ts';

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

type Claiming = Readonly<{
  externalClaimId: string;
  projectId: string | null;
  evidenceIssuer: string;
  evidenceNumber: string;
}>;

/** All that an act claims: its deed, and of taking part in a project also the evidence, which is of one member. */
export const claimsOf = ({ externalClaimId, projectId, ...evidence }: Claiming): string[] =>
  projectId === null
    ? [externalClaimId]
    : [
        externalClaimId,
        nameOf(['PARTICIPATION', evidence.evidenceIssuer, '#', plain(evidence.evidenceNumber)]),
      ];

/** The claim of a deed by an order: a purchase line makes the same one. Merchants mind case in order numbers. */
export const orderClaim = (merchantId: string, orderNumber: string, group: string): string =>
  nameOf(['ORDER', spelt(merchantId).toLowerCase(), spelt(orderNumber), group]);

/**
 * The claim of what a line of an order saves: where something else than an order is the evidence of an act, such as a
 * charging session, the order counts as one of this number, so that what was sold is not reported again as an act.
 */
export function lineClaim(code: string, merchantId: string, orderNumber: string): string {
  const behaviour = behaviourOf(code);
  return behaviour !== null && SOLD.includes(behaviour.evidence)
    ? nameOf([behaviour.evidence, plain(merchantId), plain(orderNumber)])
    : orderClaim(merchantId, orderNumber, groupOf(code));
}

/** Evidence that a merchant may also have sold, under the number of an order, or given for points. */
export const SOLD: readonly Behaviour['evidence'][] = ['RIDE', 'CHARGING_SESSION', 'RECEIPT'];

/** Full-width signs and spaces are the same number. */
export const spelt = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '');

/** Numbers are typed in one way here and in another there. */
const plain = (text: string): string => spelt(text).toUpperCase();

/** A slash in a part is not one between parts. */
const nameOf = (parts: readonly string[]): string =>
  parts.map((part) => part.replaceAll('%', '%25').replaceAll('/', '%2F')).join('/');
