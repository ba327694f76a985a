import { IsNull, MoreThan } from 'typeorm';
import { addDays, type Day, dayOf, isoDay, NEVER } from '../../../../shared/calendar.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';
import type { CertificationPlatform, PlatformCertificate } from '../domain/platform.ts';
import { Certificate, type CertificateRow } from '../entities/certificate.ts';

const PAGE = 500;

/**
 * Takes over what the certification platform says against a certificate, within two seconds of when it says so: that it is
 * revoked, from the day that it says; that it is good for less long, from the day after; that it is listed no longer, if it
 * was before, or with another label, from today. What it says is looked at when it says something else, and once after a start. As long as it
 * cannot be trusted, what was known before holds.
 */
export function followPlatform(
  { database, clock }: Pick<Frame, 'database' | 'clock'>,
  platform: CertificationPlatform,
): Worker {
  let seen: string | null = null;
  async function step(): Promise<boolean> {
    const stamp = await platform.stamp();
    if (stamp === seen) return false;
    for (let after = ''; ; ) {
      const page = await database.reader.find(Certificate, {
        where: { id: MoreThan(after) },
        order: { id: 'ASC' },
        take: PAGE,
      });
      const said = await Promise.all(page.map(({ number }) => platform.lookUp(number)));
      for (const [index, certificate] of page.entries()) {
        await takeOver(certificate, said[index] ?? null);
      }
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) break;
      after = last.id;
    }
    seen = stamp;
    return false;
  }

  async function takeOver(
    certificate: CertificateRow,
    record: PlatformCertificate | null,
  ): Promise<void> {
    const { id, listedAt, revokedFrom, validUntil } = certificate;
    const from = goodUntil(certificate, record, dayOf(clock.now()));
    const isNews = from !== null && from <= validUntil && from < (revokedFrom ?? NEVER);
    const isFirst = record !== null && listedAt === null;
    if (!isNews && !isFirst) return;
    await database.transaction((manager) =>
      manager.update(
        Certificate,
        // An operator may have revoked it meanwhile: then it is looked at again.
        { id, revokedFrom: revokedFrom ?? IsNull() },
        {
          ...(isFirst && { listedAt: clock.now() }),
          ...(isNews && { revokedFrom: from, revokedAt: clock.now(), ...by(record) }),
        },
      ),
    );
  }

  return { name: 'revocations of the certification platform are taken over', restMs: 2_000, step };
}

/** The first day on which it is not good any more, by what the platform says; null: it says nothing against it. */
function goodUntil(
  { label, listedAt, validUntil }: CertificateRow,
  record: PlatformCertificate | null,
  today: Day,
): Day | null {
  // What was never listed was registered before there was a platform.
  if (record === null) return listedAt === null ? null : today;
  if (record.label !== label) return today;
  const ends = record.validUntil < validUntil ? addDays(record.validUntil, 1) : null;
  const revoked = record.revokedFrom;
  return ends !== null && revoked !== null ? Math.min(ends, revoked) : (ends ?? revoked);
}

const by = (record: PlatformCertificate | null) =>
  record === null
    ? { revokedBy: 'platform', revokedReason: 'The certification platform lists it no longer.' }
    : {
        revokedBy: `platform:${record.platform}`.slice(0, 128),
        revokedReason: `${record.platform}, ${isoDay(record.asOf)}`,
      };
