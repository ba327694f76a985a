import type { Work } from '../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../shared/feeds/append.ts';
import { type NotFound, notFound } from '../../../shared/graphql/refusals.ts';
import { FAMILY_MEMBERS_MAX, isOpen } from '../domain/family.ts';
import { familyJoined } from '../domain/family-events.ts';
import {
  type AlreadyInFamily,
  alreadyInFamily,
  type FamilyFull,
  familyFull,
  memberNotFound,
} from '../domain/refusals.ts';
import { FamilyMember, Invitation } from '../entities/family.ts';
import { lockFamily, lockMember } from '../entities/lock-members.ts';
import { checkActsFor } from './act-for-member.ts';

export type AcceptFamilyInvitation = Readonly<{
  idempotencyKey: string;
  memberId: string;
  invitationId: string;
}>;

export type FamilyJoined = Readonly<{ kind: 'FamilyJoined'; familyId: string }>;

/** Lets the one who was invited join (S35). An invitation of somebody else is not to be found. */
export async function acceptFamilyInvitation(
  work: Work,
  { memberId, invitationId }: AcceptFamilyInvitation,
): Promise<FamilyJoined | AlreadyInFamily | FamilyFull | NotFound> {
  checkActsFor(work.caller, memberId);
  const { manager, at } = work;
  if ((await lockMember(work, memberId)) === null) return memberNotFound();
  // Read after her lock, so that it is accepted once.
  const invitation = await manager.findOneBy(Invitation, {
    id: invitationId,
    inviteeId: memberId,
  });
  if (invitation === null || !isOpen(invitation, at)) return notFound('INVITATION_NOT_FOUND');
  if (await manager.existsBy(FamilyMember, { memberId })) return alreadyInFamily();
  const found = await lockFamily(work, invitation.familyId);
  if (found === null) return notFound('INVITATION_NOT_FOUND');
  if (found.members.length >= FAMILY_MEMBERS_MAX) return familyFull();

  // From here on the command must succeed.
  const { familyId } = invitation;
  await manager.insert(FamilyMember, { memberId, familyId, joinedAt: at });
  await manager.update(Invitation, { id: invitationId }, { acceptedAt: at });
  await appendEvents(manager, at, [familyJoined({ familyId, memberId })]);
  return { kind: 'FamilyJoined', familyId };
}
