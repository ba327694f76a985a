import type { Context } from '../../context.ts';
import { readVoucherCode } from '../../domain/voucher-code.ts';

/** The id of the redemption of one of these merchants that a number is of. Null: it is of none. */
export async function redemptionOfNumber(
  { database, services }: Pick<Context, 'database' | 'services'>,
  merchantIds: readonly string[],
  number: string,
): Promise<string | null> {
  const plain = number.normalize('NFKC').replaceAll(/\s/g, '');
  const hash = services.vouchers.hash(readVoucherCode(plain) ?? plain);
  const rows = await database.reader.query<{ id: string; merchant_id: string }[]>(
    `SELECT redemption.id, reward.merchant_id FROM rewards_redemption redemption
       JOIN rewards_reward reward ON reward.id = redemption.reward_id
     WHERE redemption.id = ? OR redemption.id IN (
       SELECT redemption_id FROM rewards_voucher WHERE code_hash = ? OR id IN (
         SELECT voucher_id FROM rewards_former_code WHERE code_hash = ?))`,
    [plain.toLowerCase(), hash, hash],
  );
  return rows.find((row) => merchantIds.includes(row.merchant_id))?.id ?? null;
}
