import { EntitySchema } from 'typeorm';
import { id, instant, nullable, reference } from '../../../shared/database/columns.ts';

/** Members who help each other with points. Closed when the last one leaves. */
export type FamilyRow = Readonly<{
  id: string;
  name: string;
  createdAt: Date;
  closedAt: Date | null;
}>;

export const Family = new EntitySchema<FamilyRow>({
  name: 'Family',
  tableName: 'members_family',
  columns: {
    id,
    name: { type: 'varchar', length: 100 },
    createdAt: { ...instant, name: 'created_ms' },
    closedAt: { ...nullable(instant), name: 'closed_ms' },
  },
});

/** A member belongs to one family at a time, so she is the key. */
export type FamilyMemberRow = Readonly<{ memberId: string; familyId: string; joinedAt: Date }>;

export const FamilyMember = new EntitySchema<FamilyMemberRow>({
  name: 'FamilyMember',
  tableName: 'members_family_member',
  columns: {
    memberId: { ...reference, primary: true, name: 'member_id' },
    familyId: { ...reference, name: 'family_id' },
    joinedAt: { ...instant, name: 'joined_ms' },
  },
});

/** An invitation into a family. Good until it expires or is accepted. */
export type InvitationRow = Readonly<{
  id: string;
  familyId: string;
  inviterId: string;
  inviteeId: string;
  expiresAt: Date;
  acceptedAt: Date | null;
}>;

export const Invitation = new EntitySchema<InvitationRow>({
  name: 'Invitation',
  tableName: 'members_invitation',
  columns: {
    id,
    familyId: { ...reference, name: 'family_id' },
    inviterId: { ...reference, name: 'inviter_id' },
    inviteeId: { ...reference, name: 'invitee_id' },
    expiresAt: { ...instant, name: 'expires_ms' },
    acceptedAt: { ...nullable(instant), name: 'accepted_ms' },
  },
});
