import type { Day } from '../../../../shared/calendar.ts';
import { type Refused, refused } from '../../../../shared/graphql/refusals.ts';

export type Label = 'GREEN_PRODUCT' | 'GREEN_FOOD' | 'ORGANIC' | 'ENERGY' | 'WATER' | 'LOW_CARBON';

/** What a certification platform says of a certificate. */
export type PlatformCertificate = Readonly<{
  number: string;
  label: Label;
  body: string;
  validFrom: Day;
  validUntil: Day;
  /** The first day on which it is revoked. */
  revokedFrom: Day | null;
  /** Which platform says so, and as of which day. */
  platform: string;
  asOf: Day;
}>;

/**
 * Where certificates can be looked up: one implementation reads a signed file. Throws the fault SUBGRAPH_UNAVAILABLE
 * when what it has cannot be trusted.
 */
export type CertificationPlatform = Readonly<{
  /** What it says of this number; null: it knows none. */
  lookUp: (number: string) => Promise<PlatformCertificate | null>;
  /** Another one when it may say something else than before. Throws as `lookUp`. */
  stamp: () => Promise<string>;
}>;

export type CertificateNotConfirmed = Refused<'CertificateNotConfirmed'>;

type Claimed = Readonly<{
  number: string;
  label: Label;
  body: string;
  validFrom: Day;
  validUntil: Day;
}>;

/** Refuses what the platform does not know, says otherwise, or has revoked. `undefined`: there is no platform. */
export function refuseUnconfirmed(
  { number, label, body, validFrom, validUntil }: Claimed,
  record: PlatformCertificate | null | undefined,
  today: Day,
): CertificateNotConfirmed | null {
  if (record === undefined) return null;
  const refuse = (code: string) => refused('CertificateNotConfirmed', code, { number });
  if (record === null) return refuse('CERT_NOT_ON_PLATFORM');
  if (record.revokedFrom !== null && record.revokedFrom <= today) {
    return refuse('CERT_REVOKED_BY_PLATFORM');
  }
  const isWithin = record.validFrom <= validFrom && validUntil <= record.validUntil;
  const isSame = record.label === label && spelt(record.body) === spelt(body);
  return isSame && isWithin ? null : refuse('CERT_DIFFERS_FROM_PLATFORM');
}

/** How a name is spaced, and whether its letters are large, is no matter. */
const spelt = (name: string): string => name.normalize('NFKC').replaceAll(/\s+/g, '').toLowerCase();
