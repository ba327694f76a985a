import type { Work } from '../../../../shared/commands/run-command.ts';
import { Redemption, type RedemptionRow } from '../../entities/redemption.ts';
import { Reward, type RewardRow } from '../../entities/reward.ts';
import { Voucher, type VoucherRow } from '../../entities/voucher.ts';
import { FormerCode, type FormerCodeRow } from '../entities/former-code.ts';

/** A voucher with what it belongs to. `former` when it was found by a code that was replaced. */
export type FoundVoucher = Readonly<{
  voucher: VoucherRow;
  redemption: RedemptionRow;
  reward: RewardRow;
  former: FormerCodeRow | null;
}>;

/** The voucher of a code, now or before; nobody else changes it until the end of the transaction. Null: no one's. */
export async function lockByCode(work: Work, codeHash: string): Promise<FoundVoucher | null> {
  const { manager } = work;
  await lockVoucher(work, 'code_hash', codeHash);
  const voucher = await manager.findOneBy(Voucher, { codeHash });
  if (voucher !== null) return withRest(work, voucher, null);
  const former = await manager.findOneBy(FormerCode, { codeHash });
  if (former === null) return null;
  await lockVoucher(work, 'id', former.voucherId);
  return withRest(work, await manager.findOneByOrFail(Voucher, { id: former.voucherId }), former);
}

/** The same of the voucher of a redemption. Null: there is none. */
export async function lockByRedemption(
  work: Work,
  redemptionId: string,
): Promise<FoundVoucher | null> {
  await lockVoucher(work, 'redemption_id', redemptionId);
  const voucher = await work.manager.findOneBy(Voucher, { redemptionId });
  return voucher && withRest(work, voucher, null);
}

async function withRest(
  { manager }: Work,
  voucher: VoucherRow,
  former: FormerCodeRow | null,
): Promise<FoundVoucher> {
  const redemption = await manager.findOneByOrFail(Redemption, { id: voucher.redemptionId });
  const reward = await manager.findOneByOrFail(Reward, {
    id: voucher.rewardId ?? redemption.rewardId,
  });
  return { voucher, redemption, reward, former };
}

const lockVoucher = (
  { manager, dialect }: Work,
  column: 'id' | 'code_hash' | 'redemption_id',
  value: string,
): Promise<unknown> =>
  manager.query(`SELECT id FROM rewards_voucher WHERE ${column} = ? ${dialect.forUpdate}`, [value]);
