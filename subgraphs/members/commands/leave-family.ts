import type { Work } from '../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../shared/feeds/append.ts';
import type { NotFound } from '../../../shared/graphql/refusals.ts';
import { familyLeft } from '../domain/family-events.ts';
import { memberNotFound, type NotInFamily, notInFamily } from '../domain/refusals.ts';
import { Family, FamilyMember } from '../entities/family.ts';
import { lockFamily, lockMember } from '../entities/lock-members.ts';
import { checkActsFor } from './act-for-member.ts';

export type LeaveFamily = Readonly<{ idempotencyKey: string; memberId: string }>;

export type FamilyLeft = Readonly<{ kind: 'FamilyLeft'; memberId: string }>;

/** Takes the member out of her family. The last to leave closes it (S35). */
export async function leaveFamily(
  work: Work,
  { memberId }: LeaveFamily,
): Promise<FamilyLeft | NotInFamily | NotFound> {
  checkActsFor(work.caller, memberId);
  const { manager, at } = work;
  if ((await lockMember(work, memberId)) === null) return memberNotFound();
  const membership = await manager.findOneBy(FamilyMember, { memberId });
  const found = membership === null ? null : await lockFamily(work, membership.familyId);
  if (found === null) return notInFamily();

  // From here on the command must succeed.
  await manager.delete(FamilyMember, { memberId });
  if (found.members.length === 1) {
    await manager.update(Family, { id: found.family.id }, { closedAt: at });
  }
  await appendEvents(manager, at, [familyLeft({ familyId: found.family.id, memberId })]);
  return { kind: 'FamilyLeft', memberId };
}
