import type { EntityManager } from 'typeorm';
import { ALLIANCE } from '../../accounts/domain/rolled-up.ts';
import type { Period } from '../domain/period.ts';

/**
 * Whether at least so many members stand behind what a merchant or the alliance saved in a time. One statement, which
 * ends when it has found them.
 */
export async function hasMembers(
  reader: Pick<EntityManager, 'query'>,
  subject: string,
  { fromMs, endMs }: Period,
  least: number,
): Promise<boolean> {
  const [where, parameters] = subject === ALLIANCE ? ['', []] : ['merchant_id = ? AND ', [subject]];
  const found = await reader.query<object[]>(
    `SELECT DISTINCT member_id FROM green_carbon_entry
     WHERE ${where}occurred_ms >= ? AND occurred_ms < ? LIMIT ${least}`,
    [...parameters, fromMs, endMs],
  );
  return found.length === least;
}
