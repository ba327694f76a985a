import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { Redemption, type RedemptionRow } from '../../entities/redemption.ts';
import { Voucher, type VoucherRow } from '../../entities/voucher.ts';

type Locking = Pick<Work, 'manager' | 'dialect'>;

/** The redemption as it is now; nobody else changes it until the end of the transaction. Null: there is none. */
export async function lockRedemption(work: Locking, id: string): Promise<RedemptionRow | null> {
  await lockRow(work, 'rewards_redemption', 'id', id);
  return work.manager.findOneBy(Redemption, { id });
}

/** The same of its voucher, so that it is not used meanwhile. Null: it has none. */
export async function lockVoucher(work: Locking, redemptionId: string): Promise<VoucherRow | null> {
  await lockRow(work, 'rewards_voucher', 'redemption_id', redemptionId);
  return work.manager.findOneBy(Voucher, { redemptionId });
}

const lockRow = (
  { manager, dialect }: Locking,
  table: 'rewards_redemption' | 'rewards_voucher',
  column: 'id' | 'redemption_id',
  id: string,
): Promise<unknown> =>
  manager.query(`SELECT id FROM ${table} WHERE ${column} = ? ${dialect.forUpdate}`, [id]);

/** The voucher cannot be used from then on. */
export const voidVoucher = (
  { manager, at }: Pick<Work, 'manager' | 'at'>,
  redemptionId: string,
): Promise<number> =>
  execute(
    manager,
    'UPDATE rewards_voucher SET voided_ms = ? WHERE redemption_id = ? AND voided_ms IS NULL',
    [at.getTime(), redemptionId],
  );
