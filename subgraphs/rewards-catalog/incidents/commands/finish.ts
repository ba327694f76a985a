import type { EntityManager } from 'typeorm';
import { execute } from '../../../../shared/database/database.ts';
import { Incident } from '../entities/incident.ts';
import type { Hands } from './hands.ts';

/** Nobody waits any more: what was reserved and nobody needed goes back to the stock. */
export async function finish(
  { frame }: Hands,
  manager: EntityManager,
  incidentId: string,
): Promise<void> {
  const { remedy, reserved } = await manager.findOneByOrFail(Incident, { id: incidentId });
  if (remedy?.kind === 'SUBSTITUTE' && reserved > 0) {
    await addToStock(manager, remedy.rewardId, reserved);
  }
  await manager.update(Incident, incidentId, {
    state: 'APPLIED',
    reserved: 0,
    finishedAt: frame.clock.now(),
    nextAttemptAt: null,
  });
}

/** A reward without a limit has no stock: null stays null. */
export const addToStock = (
  manager: EntityManager,
  rewardId: string,
  pieces: number,
): Promise<number> =>
  execute(manager, 'UPDATE rewards_reward SET stock = stock + ? WHERE id = ?', [pieces, rewardId]);
