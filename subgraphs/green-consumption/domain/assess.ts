import type { Day } from '../../../shared/calendar.ts';
import { sum } from '../../../shared/quantities.ts';
import { believedOf, isProvenByOrder, mostOfOrder } from '../acts/domain/behaviours.ts';
import { type Factor, factorOn } from './factors.ts';
import { type Saving, SHOWN_BASIS, savingOf } from './saving.ts';

/** What an assessment needs of a certificate. */
export type Certificate = Readonly<{
  id: string;
  number: string;
  merchantId: string;
  /** The first and the last day on which it is good. */
  validFrom: Day;
  validUntil: Day;
  /** The first day on which it is revoked. */
  revokedFrom?: Day | null | undefined;
  behaviour: string | null;
  activityMilli: number | null;
}>;

/** A certificate with the merchant's products that it covers. */
export type ProductCertificate = Certificate & Readonly<{ skus: ReadonlySet<string> }>;

export type Line = Readonly<{
  number: number;
  sku?: string | null | undefined;
  quantity: number;
  returnedQuantity: number;
  certificateNumber?: string | null | undefined;
  behaviour?: string | null | undefined;
}>;

export type Purchase = Readonly<{ merchantId: string; day: Day; lines: readonly Line[] }>;

/** Why a line is not certified. */
export type Reason =
  | 'NO_CERTIFICATE'
  | 'CERT_UNKNOWN'
  | 'CERT_NOT_YET'
  | 'CERT_EXPIRED'
  | 'CERT_REVOKED'
  | 'CERT_OUT_OF_SCOPE';

export type LineAssessment<Known extends ProductCertificate = ProductCertificate> = Readonly<{
  number: number;
  /** The certificate that the line names, when it is known. */
  certificate: Known | null;
  /** Null: the line is certified. */
  reason: Reason | null;
  savings: readonly Saving[];
}>;

/** Good on this day, the first and the last one included. */
export const isValidOn = (certificate: Certificate, day: Day): boolean =>
  reasonOn(certificate, day) === null;

/** Why a certificate is not good on a day, or null. What was bought before it was revoked stays certified. */
export function reasonOn(
  { validFrom, validUntil, revokedFrom = null }: Certificate,
  day: Day,
): 'CERT_NOT_YET' | 'CERT_EXPIRED' | 'CERT_REVOKED' | null {
  if (day < validFrom) return 'CERT_NOT_YET';
  if (validUntil < day) return 'CERT_EXPIRED';
  return revokedFrom !== null && revokedFrom <= day ? 'CERT_REVOKED' : null;
}

/**
 * Says of each line whether it is green, as of the day of the purchase, and what was saved by what the
 * member kept. A certificate that is known for sure decides; a claim alone certifies nothing.
 */
export function assessPurchase<Known extends ProductCertificate>(
  { merchantId, day, lines }: Purchase,
  certificateOf: (number: string) => Known | null,
  factors: readonly Factor[],
): LineAssessment<Known>[] {
  const claimed = new Set<string>();
  return lines.map((line) => {
    const certificate = line.certificateNumber ? certificateOf(line.certificateNumber) : null;
    const reason = reasonAgainst(line, certificate, { merchantId, day });
    const proven =
      reason === null && certificate !== null
        ? byCertificate(line, certificate, day, factors)
        : null;
    const savings = [proven, byBehaviour(line, day, factors, claimed)].filter(
      (saving) => saving !== null,
    );
    // One behaviour of one line is claimed once, by the certificate when it says how much.
    const once = savings.filter(
      ({ factor }, index) =>
        savings.findIndex((other) => other.factor.code === factor.code) === index,
    );
    return { number: line.number, certificate, reason, savings: once };
  });
}

/** What is left of a line after returns. */
export const keptOf = ({ quantity, returnedQuantity }: Line): number =>
  Math.max(0, quantity - returnedQuantity);

/** How many times a behaviour counts that a line names. */
export const piecesOf = (counted: Factor['counted'], kept: number): number =>
  counted === 'ORDER' ? Math.min(1, kept) : kept;

/** Grams in the shown basis. Savings of another basis are not added to them. */
export const shownGrams = (savings: readonly Saving[]): number =>
  sum(savings.filter(({ factor }) => factor.basis === SHOWN_BASIS).map(({ grams }) => grams));

function reasonAgainst(
  { certificateNumber, sku }: Line,
  certificate: ProductCertificate | null,
  { merchantId, day }: Pick<Purchase, 'merchantId' | 'day'>,
): Reason | null {
  if (!certificateNumber) return 'NO_CERTIFICATE';
  if (certificate === null) return 'CERT_UNKNOWN';
  const isOver = reasonOn(certificate, day);
  if (isOver !== null) return isOver;
  // A number of another merchant covers that merchant's products, whatever they are called here.
  const isCovered = certificate.merchantId === merchantId && certificate.skus.has(sku ?? '');
  return isCovered ? null : 'CERT_OUT_OF_SCOPE';
}

function byCertificate(
  line: Line,
  { id, behaviour, activityMilli }: Certificate,
  day: Day,
  factors: readonly Factor[],
): Saving | null {
  const factor = behaviour === null ? null : factorOn(behaviour, day, factors);
  if (factor === null || activityMilli === null) return null;
  const pieces = believedOf(factor.code, { activityMilli, pieces: keptOf(line) });
  return savingOf(factor, { activityMilli, pieces }, id);
}

/**
 * What a line names that an order proves, and no more of it than one order can. `claimed` remembers what already counted
 * for the order: two lines without cutlery are one order.
 */
function byBehaviour(
  line: Line,
  day: Day,
  factors: readonly Factor[],
  claimed: Set<string>,
): Saving | null {
  const isProven = line.behaviour ? isProvenByOrder(line.behaviour) : false;
  const factor = line.behaviour && isProven ? factorOn(line.behaviour, day, factors) : null;
  if (factor === null || factor.counted === 'CERTIFIED' || claimed.has(factor.code)) return null;
  if (factor.counted === 'ORDER') claimed.add(factor.code);
  const pieces = Math.min(piecesOf(factor.counted, keptOf(line)), mostOfOrder(factor.code));
  return savingOf(factor, { activityMilli: 1000, pieces }, null);
}
