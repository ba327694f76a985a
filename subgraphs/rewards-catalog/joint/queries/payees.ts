import type { EntityManager } from 'typeorm';
import type { ReturnRow } from '../../aftersales/entities/return.ts';
import { walletOf } from '../../commands/post-points.ts';
import type { RedemptionRow } from '../../entities/redemption.ts';
import { partsOf } from '../commands/lock-joint.ts';
import { PartReturn } from '../entities/part-return.ts';

/** To whom some of what is returned goes. */
export type Payee = Readonly<{
  /** Ends the keys of her commands to the ledger. */
  ending: string;
  /** Where her points came from. */
  walletId: string;
  points: number;
  memberId: string;
  compensation: number;
}>;

/** Of one that a member paid, or the pool of her family, she alone; of a joint one all that paid a part. */
export async function payeesOf(
  reader: EntityManager,
  { id: returnId, points, compensationPoints }: ReturnRow,
  redemption: RedemptionRow,
): Promise<Payee[]> {
  const { memberId } = redemption;
  if (redemption.payment !== 'JOINT') {
    const walletId = walletOf(redemption);
    return [{ ending: '', walletId, points, memberId, compensation: compensationPoints }];
  }
  const [parts, shares] = await Promise.all([
    partsOf(reader, redemption.id),
    reader.findBy(PartReturn, { returnId }),
  ]);
  return parts.map((part) => {
    const share = shares.find(({ partId }) => partId === part.id);
    return {
      ...{ ending: `:${part.number}`, walletId: part.memberId, memberId: part.memberId },
      ...{ points: share?.points ?? 0, compensation: share?.compensation ?? 0 },
    };
  });
}
