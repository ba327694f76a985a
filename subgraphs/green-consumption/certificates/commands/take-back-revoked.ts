import { MoreThanOrEqual } from 'typeorm';
import { beginningOf } from '../../../../shared/calendar.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { insertEntries } from '../../accounts/commands/insert-entries.ts';
import { entriesOfRevocation } from '../../domain/carbon-entries.ts';
import { CarbonEntries } from '../../entities/carbon-entry.ts';
import { Certificate } from '../entities/certificate.ts';

/** So long after a certificate was revoked it is looked whether something was still entered by it. */
const WATCHED_MS = 24 * 60 * 60 * 1000;

/**
 * Takes back what a certificate saved from the first day of its revocation on: that it was revoked was not known yet, or
 * an order was just being entered. By negative entries, once each.
 */
export function takeBackRevoked({ database, clock }: Pick<Frame, 'database' | 'clock'>): Worker {
  const { dialect } = database;
  async function step(): Promise<boolean> {
    const revoked = await database.reader.findBy(Certificate, {
      revokedAt: MoreThanOrEqual(new Date(clock.now().getTime() - WATCHED_MS)),
    });
    for (const { id, revokedFrom } of revoked) {
      if (revokedFrom === null) continue;
      const from = new Date(beginningOf(revokedFrom));
      const own = { certificateId: id, occurredAt: MoreThanOrEqual(from) };
      const back = entriesOfRevocation(await database.reader.findBy(CarbonEntries, own));
      if (back.length === 0) continue;
      await database.transaction(async (manager) => {
        // One at a time, and what was returned meanwhile is seen.
        await manager.query(`SELECT id FROM green_certificate WHERE id = ? ${dialect.forUpdate}`, [
          id,
        ]);
        const entries = entriesOfRevocation(await manager.findBy(CarbonEntries, own));
        await insertEntries({ manager, dialect, at: clock.now() }, entries);
      });
    }
    return false;
  }
  return { name: 'what revoked certificates saved is taken back', restMs: 2_000, step };
}
