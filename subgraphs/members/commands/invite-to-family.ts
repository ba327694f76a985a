import { IsNull } from 'typeorm';
import type { Work } from '../../../shared/commands/run-command.ts';
import type { NotFound } from '../../../shared/graphql/refusals.ts';
import { FAMILY_MEMBERS_MAX, invitationExpiry, isOpen } from '../domain/family.ts';
import {
  type AlreadyInFamily,
  alreadyInThisFamily,
  type FamilyFull,
  familyFull,
  memberNotFound,
  type NotInFamily,
  notInFamily,
} from '../domain/refusals.ts';
import { FamilyMember, Invitation } from '../entities/family.ts';
import { lockFamily, lockMembers } from '../entities/lock-members.ts';
import { checkActsFor } from './act-for-member.ts';

export type InviteToFamily = Readonly<{
  idempotencyKey: string;
  memberId: string;
  inviteeId: string;
}>;

export type FamilyInvitationSent = Readonly<{ kind: 'FamilyInvitationSent'; invitationId: string }>;

/** Invites another member. Inviting her again renews the invitation that is still open (S35). */
export async function inviteToFamily(
  work: Work,
  { memberId, inviteeId }: InviteToFamily,
): Promise<FamilyInvitationSent | NotInFamily | AlreadyInFamily | FamilyFull | NotFound> {
  checkActsFor(work.caller, memberId);
  const { manager, at } = work;
  const [inviter, invitee] = await lockMembers(work, [memberId, inviteeId]);
  if (inviter === null || invitee === null) return memberNotFound();
  const membership = await manager.findOneBy(FamilyMember, { memberId });
  const found = membership === null ? null : await lockFamily(work, membership.familyId);
  if (found === null) return notInFamily();
  const { family, members } = found;
  if (members.some((member) => member.memberId === inviteeId)) return alreadyInThisFamily();
  if (members.length >= FAMILY_MEMBERS_MAX) return familyFull();

  // From here on the command must succeed.
  const expiresAt = invitationExpiry(at);
  const unused = await manager.findBy(Invitation, {
    familyId: family.id,
    inviteeId,
    acceptedAt: IsNull(),
  });
  const open = unused.find((invitation) => isOpen(invitation, at));
  if (open !== undefined) {
    await manager.update(Invitation, { id: open.id }, { expiresAt });
    return { kind: 'FamilyInvitationSent', invitationId: open.id };
  }
  const id = work.newId();
  const sent = { id, familyId: family.id, inviterId: memberId, inviteeId };
  await manager.insert(Invitation, { ...sent, expiresAt, acceptedAt: null });
  return { kind: 'FamilyInvitationSent', invitationId: id };
}
