import { dayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import type { ExtendGreenCertificateInput } from '../../schema.generated.ts';
import { refuseScope, SCOPE_MAX, scopeRows } from '../domain/scope.ts';
import { Certificate, Scope } from '../entities/certificate.ts';

export type GreenCertificateExtended = Readonly<{
  kind: 'GreenCertificateExtended';
  certificateId: string;
}>;

/**
 * Adds products and rewards to what a certificate covers; what it covers already stays as it is. `owners`: of which
 * merchants the rewards are, asked just before; null: there is no such reward.
 */
export const extendGreenCertificateOf = (owners: readonly (string | null)[]) =>
  // The frame scopes keys by the name of the function.
  async function extendGreenCertificate(
    { manager, dialect, at }: Work,
    { number, skus, rewardIds }: ExtendGreenCertificateInput,
  ): Promise<GreenCertificateExtended | NotFound | InvalidInput> {
    const unusable = refuseScope({ skus, rewardIds });
    if (unusable !== null) return unusable;
    // Two who extend it at once follow each other, so that it never covers too much.
    const lock = `SELECT id FROM green_certificate WHERE number = ? ${dialect.forUpdate}`;
    await manager.query(lock, [number]);
    const certificate = await manager.findOneBy(Certificate, { number });
    // MariaDB finds a number with blanks after it as well.
    if (certificate?.number !== number) return notFound('CERTIFICATE_NOT_FOUND');
    const { id: certificateId, merchantId, validUntil, revokedFrom } = certificate;
    if (validUntil < dayOf(at) || revokedFrom !== null) {
      return invalidInput('CERTIFICATE_OVER', 'number');
    }
    const foreign = owners.findIndex((owner) => owner !== merchantId);
    if (foreign >= 0) return invalidInput('REWARD_NOT_OF_MERCHANT', `rewardIds.${foreign}`);
    const known = await manager.findBy(Scope, { certificateId });
    const covered = new Set(known.map(({ kind, target }) => `${kind} ${target}`));
    const added = scopeRows(certificateId, { skus, rewardIds }).filter(
      ([, kind, target]) => !covered.has(`${kind} ${target}`),
    );
    if (known.length + added.length > SCOPE_MAX) {
      return invalidInput('SCOPE_TOO_LARGE', 'skus', { max: SCOPE_MAX });
    }

    // From here on the command must succeed.
    await insertRows(
      manager,
      'green_certificate_scope',
      ['certificate_id', 'kind', 'target'],
      added,
    );
    return { kind: 'GreenCertificateExtended', certificateId };
  };
