import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { dayOf } from '../../../../shared/calendar.ts';
import { execute } from '../../../../shared/database/database.ts';
import { placeholders } from '../../../../shared/database/rows.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { Redemption } from '../../entities/redemption.ts';
import { tellVouchersLapsed } from '../../webhooks/commands/tell.ts';

const PAGE = 100;

/**
 * Tells the feed of vouchers that are good no more and that nobody used, once each. One that is extended afterwards may
 * still be used, and is told of then (`voucher.used`).
 */
export function lapseVouchers({ database, clock }: Pick<Frame, 'database' | 'clock'>): Worker {
  async function step(): Promise<boolean> {
    const at = clock.now();
    const due = await dueIn(database.reader, at, '');
    if (due.length === 0) return false;
    await database.transaction(async (manager) => {
      const rows = await dueIn(manager, at, database.dialect.forUpdate);
      if (rows.length === 0) return;
      await execute(
        manager,
        `UPDATE rewards_voucher SET lapsed_ms = ? WHERE id IN (${placeholders(rows.length)})`,
        [at.getTime(), ...rows.map(({ id }) => id)],
      );
      const ids = rows.map(({ redemption_id: id }) => id);
      await tellVouchersLapsed({ manager, at }, await manager.findBy(Redemption, { id: In(ids) }));
    });
    return due.length === PAGE;
  }
  return { name: 'vouchers that nobody used are told to have lapsed', restMs: 5_000, step };
}

const dueIn = (
  manager: Pick<EntityManager, 'query'>,
  at: Date,
  lock: string,
): Promise<{ id: string; redemption_id: string }[]> =>
  manager.query(
    `SELECT id, redemption_id FROM rewards_voucher
     WHERE lapsed_ms IS NULL AND used_ms IS NULL AND voided_ms IS NULL AND valid_until <= ?
     ORDER BY valid_until LIMIT ${PAGE} ${lock}`,
    [dayOf(at)],
  );
