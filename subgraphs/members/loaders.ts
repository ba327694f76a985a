import { type EntityManager, In } from 'typeorm';
import { acrossRequests, batchByKey, batchManyByKey } from '../../shared/graphql/batch.ts';
import { Consent, type ConsentRow } from './entities/consent.ts';
import {
  Family,
  FamilyMember,
  type FamilyMemberRow,
  type FamilyRow,
  Invitation,
  type InvitationRow,
} from './entities/family.ts';
import { Member, type MemberRow } from './entities/member.ts';
import { qualifyingPoints } from './queries/qualifying-points.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The batched reads of this subgraph. */
export const createLoaders = (reader: EntityManager) => ({
  memberById: batchByKey<MemberRow>(
    ({ id }) => id,
    acrossRequests(reader, 'memberById', (ids) => reader.findBy(Member, { id: In(ids) })),
  ),
  qualifyingPoints: qualifyingPoints(reader),
  consentsByMember: batchManyByKey<ConsentRow>(
    ({ memberId }) => memberId,
    (memberIds) =>
      reader.find(Consent, {
        where: { memberId: In(memberIds) },
        order: { grantedAt: 'DESC', id: 'DESC' },
      }),
  ),
  familyById: batchByKey<FamilyRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Family, { id: In(ids) }),
  ),
  familyMemberByMember: batchByKey<FamilyMemberRow>(
    ({ memberId }) => memberId,
    (memberIds) => reader.findBy(FamilyMember, { memberId: In(memberIds) }),
  ),
  familyMembersByFamily: batchManyByKey<FamilyMemberRow>(
    ({ familyId }) => familyId,
    (familyIds) =>
      reader.find(FamilyMember, {
        where: { familyId: In(familyIds) },
        order: { joinedAt: 'ASC', memberId: 'ASC' },
      }),
  ),
  invitationById: batchByKey<InvitationRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Invitation, { id: In(ids) }),
  ),
});
