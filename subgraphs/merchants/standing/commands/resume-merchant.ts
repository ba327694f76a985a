import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import {
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { Merchant } from '../../entities/merchant.ts';
import type { ResumeMerchantInput } from '../../schema.generated.ts';
import { hasLeft } from '../domain/issuing.ts';
import { readStandings } from '../queries/standings.ts';

export type MerchantResumed = Readonly<{ kind: 'MerchantResumed'; merchantId: string }>;

/** Lets a suspended merchant take part again. One that is not suspended stays as it is. */
export async function resumeMerchant(
  { manager, dialect, at, caller }: Work,
  { merchantId }: ResumeMerchantInput,
): Promise<MerchantResumed | NotFound | Refused<'MerchantNotActive'>> {
  await manager.query(`SELECT id FROM merchants_merchant WHERE id = ? ${dialect.forUpdate}`, [
    merchantId,
  ]);
  const standing = (await readStandings(manager, [merchantId])).get(merchantId);
  if (standing === undefined) return notFound('MERCHANT_NOT_FOUND');
  if (hasLeft(standing, at)) return refused('MerchantNotActive', 'MERCHANT_LEFT');

  // From here on the command must succeed.
  const resumed = await execute(
    manager,
    `UPDATE merchants_suspension SET until_ms = ?, resumed_by = ?
     WHERE merchant_id = ? AND until_ms IS NULL`,
    [at.getTime(), caller.subject, merchantId],
  );
  await manager.update(Merchant, merchantId, { status: 'ACTIVE', statusReason: '' });
  if (resumed > 0) {
    await appendEvents(manager, at, [{ kind: 'merchant.resumed', payload: { merchantId } }]);
  }
  return { kind: 'MerchantResumed', merchantId };
}
