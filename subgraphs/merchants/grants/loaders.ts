import { type EntityManager, In } from 'typeorm';
import { batchByKey, batchManyByKey } from '../../../shared/graphql/batch.ts';
import { Appreciation, type AppreciationRow } from './entities/appreciation.ts';
import { Engagement, type EngagementRow } from './entities/engagement.ts';
import { Grant, type GrantRow } from './entities/grant.ts';
import { GreenAct, type GreenActRow } from './entities/green-act.ts';
import { Referral, type ReferralRow } from './entities/referral.ts';
import { countInvitations } from './queries/count-invitations.ts';

/** The batched reads of what is granted without a purchase. */
export const createGrantLoaders = (reader: EntityManager) => ({
  grantById: batchByKey<GrantRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Grant, { id: In(ids) }),
  ),
  /** The grants of engagements; those of an appreciation are too many to load at once. */
  grantsByCause: batchManyByKey<GrantRow>(
    ({ causeId }) => causeId,
    (ids) => reader.find(Grant, { where: { causeId: In(ids) }, order: { ruleId: 'ASC' } }),
  ),
  engagementById: batchByKey<EngagementRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Engagement, { id: In(ids) }),
  ),
  greenActById: batchByKey<GreenActRow>(
    ({ id }) => id,
    (ids) => reader.findBy(GreenAct, { id: In(ids) }),
  ),
  referralById: batchByKey<ReferralRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Referral, { id: In(ids) }),
  ),
  invitationsByMember: countInvitations(reader),
  appreciationById: batchByKey<AppreciationRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Appreciation, { id: In(ids) }),
  ),
});
