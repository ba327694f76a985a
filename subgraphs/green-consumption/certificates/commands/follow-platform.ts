import { IsNull, MoreThan } from 'typeorm';
import { type Day, dayOf, isoDay, NEVER } from '../../../../shared/calendar.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';
import type { CertificationPlatform, PlatformCertificate } from '../domain/platform.ts';
import { Certificate, type CertificateRow } from '../entities/certificate.ts';

const PAGE = 500;

/**
 * Takes over what the certification platform has revoked, from the day that it says, within two seconds of when it says
 * so. What it says is looked at when it says something else, and once after a start. As long as it cannot be trusted,
 * what was known before holds.
 */
export function followPlatform(
  { database, clock }: Pick<Frame, 'database' | 'clock'>,
  platform: CertificationPlatform,
): Worker {
  let seen: string | null = null;
  async function step(): Promise<boolean> {
    const stamp = await platform.stamp();
    if (stamp === seen) return false;
    const today = dayOf(clock.now());
    for (let after = ''; ; ) {
      const id = MoreThan(after);
      const page = await database.reader.find(Certificate, {
        where: [
          { id, revokedFrom: IsNull() },
          { id, revokedFrom: MoreThan(today) },
        ],
        order: { id: 'ASC' },
        take: PAGE,
      });
      const said = await Promise.all(page.map(({ number }) => platform.lookUp(number)));
      for (const [index, certificate] of page.entries()) {
        const record = said[index] ?? null;
        const from = record?.revokedFrom ?? null;
        if (record === null || from === null || from >= (certificate.revokedFrom ?? NEVER))
          continue;
        await revoke(certificate, record, from);
      }
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) break;
      after = last.id;
    }
    seen = stamp;
    return false;
  }
  const revoke = (
    { id, revokedFrom }: CertificateRow,
    { platform: name, asOf }: PlatformCertificate,
    from: Day,
  ) =>
    database.transaction((manager) =>
      manager.update(
        Certificate,
        // An operator may have revoked it meanwhile: then it is looked at again.
        { id, revokedFrom: revokedFrom ?? IsNull() },
        {
          ...{ revokedFrom: from, revokedAt: clock.now() },
          revokedBy: `platform:${name}`.slice(0, 128),
          revokedReason: `${name}, ${isoDay(asOf)}`,
        },
      ),
    );

  return { name: 'revocations of the certification platform are taken over', restMs: 2_000, step };
}
