import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  checkKey,
  type InvalidInput,
  invalidInput,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { isPool } from '../../domain/registers.ts';
import type { TransfereeInput } from '../../schema.generated.ts';
import { lockWallets } from './lock-wallets.ts';

export type TransfereeRegistered = Readonly<{ kind: 'TransfereeRegistered'; otherId: string }>;
export type TransfereeRemoved = Readonly<{ kind: 'TransfereeRemoved'; otherId: string }>;

/**
 * Registers to whom a member may give points of a programme, once the days have passed that the programme
 * asks for (TV12). Who asks has verified the other's identity. Somebody who is registered stays so since then.
 */
export async function registerTransferee(
  work: Work,
  input: TransfereeInput,
): Promise<TransfereeRegistered | InvalidInput | Refused<'NotTransferable' | 'TransfereesFull'>> {
  const { manager, dialect, at } = work;
  const { walletId, otherId, issuerId, unit } = input;
  const unusable = checkTransferee(input);
  if (unusable !== null) return unusable;
  await lockWallets(work, [walletId]);
  const [programme] = await manager.query<Record<string, string>[]>(
    `SELECT transfer, transferees_max FROM points_programme
     WHERE unit = ? AND issuer_id = ? ${dialect.forUpdate}`,
    [unit, issuerId],
  );
  if (programme?.transfer !== 'REGISTERED') return refused('NotTransferable', 'NOT_TRANSFERABLE');
  const others = await manager.query<{ other_id: string }[]>(
    'SELECT other_id FROM points_transferee WHERE wallet_id = ? AND unit = ? AND issuer_id = ?',
    [walletId, unit, issuerId],
  );
  const isKnown = others.some((row) => row.other_id === otherId);
  const max = toSafeInteger(programme.transferees_max);
  if (!isKnown && others.length >= max) {
    return refused('TransfereesFull', 'TRANSFEREES_FULL', { max });
  }

  // From here on the command must succeed.
  if (!isKnown) {
    await insertRows(
      manager,
      'points_transferee',
      ['wallet_id', 'unit', 'issuer_id', 'other_id', 'since_ms'],
      [[walletId, unit, issuerId, otherId, at.getTime()]],
    );
  }
  return { kind: 'TransfereeRegistered', otherId };
}

/** Ends a registration. Whoever is registered again begins anew. */
export async function removeTransferee(
  work: Work,
  input: TransfereeInput,
): Promise<TransfereeRemoved | InvalidInput> {
  const { walletId, otherId, issuerId, unit } = input;
  const unusable = checkTransferee(input);
  if (unusable !== null) return unusable;
  await lockWallets(work, [walletId]);

  // From here on the command must succeed.
  await execute(
    work.manager,
    `DELETE FROM points_transferee
     WHERE wallet_id = ? AND unit = ? AND issuer_id = ? AND other_id = ?`,
    [walletId, unit, issuerId, otherId],
  );
  return { kind: 'TransfereeRemoved', otherId };
}

function checkTransferee({
  walletId,
  otherId,
  issuerId,
  unit,
}: TransfereeInput): InvalidInput | null {
  const unusable =
    checkKey('walletId', walletId, 64) ??
    checkKey('otherId', otherId, 64) ??
    checkKey('issuerId', issuerId, 64) ??
    checkKey('unit', unit, 64);
  if (unusable !== null) return unusable;
  const isOther = walletId !== otherId && !isPool(walletId) && !isPool(otherId);
  return isOther ? null : invalidInput('NOT_ANOTHER_MEMBER', 'otherId');
}
