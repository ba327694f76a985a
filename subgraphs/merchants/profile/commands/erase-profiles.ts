import type { EntityManager } from 'typeorm';
import { execute } from '../../../../shared/database/database.ts';
import { placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';

/** What follows from purchases; it can be reckoned again. */
const RECKONED = ['merchants_profile_preference', 'merchants_profile'];

async function eraseFrom(
  manager: EntityManager,
  tables: readonly string[],
  memberIds: readonly string[],
): Promise<void> {
  if (memberIds.length === 0) return;
  for (const table of tables) {
    const members = placeholders(memberIds.length);
    await execute(manager, `DELETE FROM ${table} WHERE member_id IN (${members})`, [...memberIds]);
  }
}

/** Takes out what was reckoned, before it is reckoned anew. */
export const eraseReckoned = (manager: EntityManager, memberIds: readonly string[]) =>
  eraseFrom(manager, RECKONED, memberIds);

/** Leaves nothing of the profiles of these members (R22). Their purchases stay: they are needed for the contract. */
export const eraseProfiles = (manager: EntityManager, memberIds: readonly string[]) =>
  eraseFrom(manager, [...RECKONED, 'merchants_profile_removed', 'merchants_profiled'], memberIds);

/** Those of these members who are profiled and when each is due, as it stays until the transaction ends. */
export async function lockProfiled(
  manager: EntityManager,
  forUpdate: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (memberIds.length === 0) return new Map();
  const rows = await manager.query<{ member_id: string; due_ms: unknown }[]>(
    `SELECT member_id, due_ms FROM merchants_profiled
     WHERE member_id IN (${placeholders(memberIds.length)}) ORDER BY member_id ${forUpdate}`,
    [...memberIds],
  );
  return new Map(rows.map((row) => [row.member_id, toSafeInteger(row.due_ms)]));
}
