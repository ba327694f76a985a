import { dayOf, parseIsoDay } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import {
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import type { RevokeGreenCertificateInput } from '../../schema.generated.ts';
import { Certificate } from '../entities/certificate.ts';

export type GreenCertificateRevoked = Readonly<{
  kind: 'GreenCertificateRevoked';
  certificateId: string;
}>;

/**
 * From a day on a certificate certifies nothing: today, or a later day. What was bought before that day stays as it
 * was. A revocation may be brought forward, never put off or taken back.
 */
export async function revokeGreenCertificate(
  { manager, dialect, at, caller }: Work,
  { number, reason, effectiveFrom }: RevokeGreenCertificateInput,
): Promise<GreenCertificateRevoked | NotFound | InvalidInput> {
  const unusable = checkText('reason', reason, 1000);
  if (unusable !== null) return unusable;
  const today = dayOf(at);
  const from = effectiveFrom == null ? today : parseIsoDay(effectiveFrom);
  if (from < today) return invalidInput('REVOCATION_IN_PAST', 'effectiveFrom');
  await manager.query(`SELECT id FROM green_certificate WHERE number = ? ${dialect.forUpdate}`, [
    number,
  ]);
  const certificate = await manager.findOneBy(Certificate, { number });
  // MariaDB finds a number with blanks after it as well.
  if (certificate?.number !== number) return notFound('CERTIFICATE_NOT_FOUND');
  if (certificate.revokedFrom !== null && certificate.revokedFrom <= from) {
    return invalidInput('ALREADY_REVOKED', 'number');
  }

  // From here on the command must succeed.
  await manager.update(Certificate, certificate.id, {
    revokedFrom: from,
    revokedReason: reason.trim(),
    revokedBy: caller.subject,
    revokedAt: at,
  });
  return { kind: 'GreenCertificateRevoked', certificateId: certificate.id };
}
