import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import { SHOWN_BASIS } from '../domain/saving.ts';

export type MemberGrams = Readonly<{ memberId: string; grams: number }>;

/** What each member has saved so far, in the shown basis alone. */
export async function memberGrams(
  reader: EntityManager,
  memberIds: readonly string[],
): Promise<MemberGrams[]> {
  const rows = await reader.query<{ member_id: string; grams: unknown }[]>(
    `SELECT member_id, SUM(grams) AS grams FROM green_carbon_entry
     WHERE member_id IN (${placeholders(memberIds.length)}) AND basis = ?
     GROUP BY member_id`,
    [...memberIds, SHOWN_BASIS],
  );
  return rows.map((row) => ({ memberId: row.member_id, grams: toSafeInteger(row.grams) }));
}
