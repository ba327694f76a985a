import { dayOf } from '../../../../shared/calendar.ts';
import type { Context } from '../../context.ts';
import { reasonOn } from '../../domain/assess.ts';
import type { PlatformCertificate } from '../domain/platform.ts';
import type { CertificateWithSkus } from './certificates.ts';

/** What is known of a certificate by its number today: here, and on the platform. */
export type CertificateStatus = Readonly<{
  number: string;
  certificate: CertificateWithSkus | null;
  platform: PlatformCertificate | null;
  /** Null: it is good. */
  reason:
    | 'CERT_UNKNOWN'
    | 'CERT_NOT_YET'
    | 'CERT_EXPIRED'
    | 'CERT_REVOKED'
    | 'CERT_NOT_ON_PLATFORM'
    | 'CERT_REVOKED_BY_PLATFORM'
    | null;
}>;

/** Asks the platform too, where there is one. Throws SUBGRAPH_UNAVAILABLE when its list cannot be trusted. */
export async function certificateStatus(
  { loaders, services, clock }: Context,
  number: string,
): Promise<CertificateStatus> {
  const today = dayOf(clock.now());
  const certificate = await loaders.certificateByNumber.load(number);
  const platform = (await services.platform?.lookUp(number)) ?? null;
  const status = { number, certificate, platform };
  if (certificate === null) return { ...status, reason: 'CERT_UNKNOWN' };
  const reason = reasonOn(certificate, today);
  if (reason !== null || services.platform === null) return { ...status, reason };
  if (platform === null) return { ...status, reason: 'CERT_NOT_ON_PLATFORM' };
  const isRevoked = platform.revokedFrom !== null && platform.revokedFrom <= today;
  return { ...status, reason: isRevoked ? 'CERT_REVOKED_BY_PLATFORM' : null };
}
