import { addDays, dayOf, daysBetween, isoDay } from '../../../../shared/calendar.ts';
import { execute } from '../../../../shared/database/database.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Worker } from '../../../../shared/workers.ts';

/** So many days before a document expires its merchant is told. */
const NOTICE_DAYS = [1, 7, 30];
const AT_ONCE = 100;

/** Tells in time that documents expire, and closes merchants on the day that they announced. */
export const standingWatch = (frame: Frame): Worker => ({
  name: 'merchants watches documents and leavings',
  restMs: 60_000,
  async step() {
    let done = 0;
    for (const days of NOTICE_DAYS) {
      for (const document of await expiring(frame, days)) done += await announce(frame, document);
    }
    for (const merchantId of await leavingNow(frame)) done += await close(frame, merchantId);
    return done > 0;
  },
});

type Expiring = Readonly<{
  id: string;
  merchant_id: string;
  kind: string;
  expires_day: unknown;
}> & { days: number };

/** Documents that nothing follows, of which nothing was said so late before. */
async function expiring({ database, clock }: Frame, days: number): Promise<Expiring[]> {
  const today = dayOf(clock.now());
  const rows = await database.reader.query<Omit<Expiring, 'days'>[]>(
    `SELECT d.id, d.merchant_id, d.kind, d.expires_day FROM merchants_document d
     LEFT JOIN merchants_document_notice n ON n.document_id = d.id AND n.days_left <= ?
     WHERE d.state = 'VERIFIED' AND d.expires_day >= ? AND d.expires_day <= ?
       AND n.document_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM merchants_document f WHERE f.merchant_id = d.merchant_id
         AND f.kind = d.kind AND f.state = 'VERIFIED' AND f.expires_day > d.expires_day)
     ORDER BY d.expires_day, d.id LIMIT ${AT_ONCE}`,
    [days, today, addDays(today, days)],
  );
  return rows.map((row) => ({ ...row, days }));
}

/** Of two processes that say it at once one does. Answers how many did. */
const announce = ({ database, clock }: Frame, document: Expiring): Promise<number> =>
  database.transaction(async (manager) => {
    const { id, merchant_id: merchantId, kind, days } = document;
    await manager.query(
      `SELECT id FROM merchants_document WHERE id = ? ${database.dialect.forUpdate}`,
      [id],
    );
    const said = await manager.query<unknown[]>(
      'SELECT 1 FROM merchants_document_notice WHERE document_id = ? AND days_left <= ?',
      [id, days],
    );
    if (said.length > 0) return 0;
    await execute(
      manager,
      'INSERT INTO merchants_document_notice (document_id, days_left) VALUES (?, ?)',
      [id, days],
    );
    const at = clock.now();
    const expiresOn = toSafeInteger(document.expires_day);
    const payload = {
      merchantId,
      documentId: id,
      document: kind,
      expiresOn: isoDay(expiresOn),
      daysLeft: daysBetween(dayOf(at), expiresOn),
    };
    await appendEvents(manager, at, [{ kind: 'merchant.documentExpiring', payload }]);
    return 1;
  });

async function leavingNow({ database, clock }: Frame): Promise<string[]> {
  const rows = await database.reader.query<{ merchant_id: string }[]>(
    `SELECT merchant_id FROM merchants_leaving WHERE closed_ms IS NULL AND leaves_day <= ?
     ORDER BY leaves_day, merchant_id LIMIT ${AT_ONCE}`,
    [dayOf(clock.now())],
  );
  return rows.map(({ merchant_id }) => merchant_id);
}

/** What follows from the clock for everybody who reads is written down for lists and for the others. */
const close = ({ database, clock }: Frame, merchantId: string): Promise<number> =>
  database.transaction(async (manager) => {
    const at = clock.now();
    const closed = await execute(
      manager,
      `UPDATE merchants_leaving SET closed_ms = ?
       WHERE merchant_id = ? AND closed_ms IS NULL AND leaves_day <= ?`,
      [at.getTime(), merchantId, dayOf(at)],
    );
    if (closed === 0) return 0;
    await execute(manager, "UPDATE merchants_merchant SET status = 'SUSPENDED' WHERE id = ?", [
      merchantId,
    ]);
    await appendEvents(manager, at, [{ kind: 'merchant.left', payload: { merchantId } }]);
    return 1;
  });
