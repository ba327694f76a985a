import { In } from 'typeorm';
import type { Work } from '../../../shared/commands/run-command.ts';
import { placeholders } from '../../../shared/database/rows.ts';
import { Family, FamilyMember, type FamilyMemberRow, type FamilyRow } from './family.ts';
import { Member, type MemberRow } from './member.ts';

/**
 * Locks members and reads them after it, in the order asked; null for one who is not there or has
 * left the alliance. Always before a family is locked, and in order of id, so that no two wait for
 * each other.
 */
export async function lockMembers(
  { manager, dialect }: Work,
  memberIds: readonly string[],
): Promise<(MemberRow | null)[]> {
  await manager.query(
    `SELECT id FROM members_member WHERE id IN (${placeholders(memberIds.length)})
     ORDER BY id ${dialect.forUpdate}`,
    [...memberIds],
  );
  const rows = await manager.findBy(Member, { id: In([...memberIds]), status: 'ACTIVE' });
  return memberIds.map((id) => rows.find((row) => row.id === id) ?? null);
}

export const lockMember = async (work: Work, memberId: string): Promise<MemberRow | null> =>
  (await lockMembers(work, [memberId]))[0] ?? null;

/** Locks a family, so that nobody joins or leaves meanwhile. Null: closed, or never there. */
export async function lockFamily(
  { manager, dialect }: Work,
  familyId: string,
): Promise<Readonly<{ family: FamilyRow; members: FamilyMemberRow[] }> | null> {
  await manager.query(`SELECT id FROM members_family WHERE id = ? ${dialect.forUpdate}`, [
    familyId,
  ]);
  const family = await manager.findOneBy(Family, { id: familyId });
  if (family === null || family.closedAt !== null) return null;
  return { family, members: await manager.findBy(FamilyMember, { familyId }) };
}
