import type { Work } from '../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../shared/feeds/append.ts';
import { checkText, type InvalidInput, type NotFound } from '../../../shared/graphql/refusals.ts';
import { familyJoined } from '../domain/family-events.ts';
import { type AlreadyInFamily, alreadyInFamily, memberNotFound } from '../domain/refusals.ts';
import { Family, FamilyMember } from '../entities/family.ts';
import { lockMember } from '../entities/lock-members.ts';
import { checkActsFor } from './act-for-member.ts';

export type CreateFamily = Readonly<{ idempotencyKey: string; memberId: string; name: string }>;

export type FamilyCreated = Readonly<{ kind: 'FamilyCreated'; familyId: string }>;

/** Makes a family with the member as its first (S35). */
export async function createFamily(
  work: Work,
  { memberId, name }: CreateFamily,
): Promise<FamilyCreated | AlreadyInFamily | NotFound | InvalidInput> {
  checkActsFor(work.caller, memberId);
  const unusable = checkText('name', name, 100);
  if (unusable !== null) return unusable;
  if ((await lockMember(work, memberId)) === null) return memberNotFound();
  if (await work.manager.existsBy(FamilyMember, { memberId })) return alreadyInFamily();

  // From here on the command must succeed.
  const familyId = work.newId();
  const { at: createdAt } = work;
  await work.manager.insert(Family, { id: familyId, name: name.trim(), createdAt, closedAt: null });
  await work.manager.insert(FamilyMember, { memberId, familyId, joinedAt: createdAt });
  await appendEvents(work.manager, createdAt, [familyJoined({ familyId, memberId })]);
  return { kind: 'FamilyCreated', familyId };
}
