import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { sha256 } from '../../../../shared/identifiers.ts';
import { Redemption, type RedemptionRow } from '../../entities/redemption.ts';

type Locking = Pick<Work, 'manager' | 'dialect'>;

/** What one redemption has to itself: the number of an order of a merchant, or a code that was shown. */
export const orderClaim = (merchantId: string, orderNumber: string): string =>
  sha256(`order ${merchantId}\n${orderNumber}`);
export const codeClaim = (code: string): string => sha256(`code ${code}`);

/**
 * Who has what is claimed; nobody else gets it until the end of the transaction. Whoever was cancelled has it no more.
 */
export async function holderOf(
  { manager, dialect }: Locking,
  claim: string,
): Promise<RedemptionRow | null> {
  await insertRows(
    manager,
    'rewards_till_claim',
    ['claim_hash', 'redemption_id'],
    [[claim, null]],
    { ending: dialect.onDuplicateKeep(['claim_hash']) },
  );
  const held = await lockedHolder({ manager, dialect }, claim);
  return held === null || held.state === 'CANCELLED' ? null : held;
}

/** The last one who had it, cancelled or not. Null: nobody ever had. */
export async function lockedHolder(
  { manager, dialect }: Locking,
  claim: string,
): Promise<RedemptionRow | null> {
  const [row] = await manager.query<{ redemption_id: string | null }[]>(
    `SELECT redemption_id FROM rewards_till_claim WHERE claim_hash = ? ${dialect.forUpdate}`,
    [claim],
  );
  const id = row?.redemption_id ?? null;
  return id === null ? null : manager.findOneBy(Redemption, { id });
}

export const takeClaim = (
  { manager }: Pick<Work, 'manager'>,
  claim: string,
  redemptionId: string,
): Promise<number> =>
  execute(manager, 'UPDATE rewards_till_claim SET redemption_id = ? WHERE claim_hash = ?', [
    redemptionId,
    claim,
  ]);
