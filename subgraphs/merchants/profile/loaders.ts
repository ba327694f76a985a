import DataLoader from 'dataloader';
import { type EntityManager, In } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { batchByKey, batchManyByKey } from '../../../shared/graphql/batch.ts';
import {
  type PreferenceRow,
  Profile,
  ProfilePreference,
  type ProfileRow,
} from './entities/profile.ts';
import { Promotion, type PromotionRow, Segment, type SegmentRow } from './entities/segment.ts';
import { countAudiences } from './queries/audience.ts';

/** The batched reads of profiles. */
export const createProfileLoaders = (reader: EntityManager) => ({
  /** Whether a member has agreed to a profile. */
  profiledById: batchByKey<{ id: string }>(
    ({ id }) => id,
    (ids) =>
      reader.query(
        `SELECT member_id AS id FROM merchants_profiled WHERE member_id IN (${placeholders(ids.length)})`,
        [...ids],
      ),
  ),
  profilesByMember: batchManyByKey<ProfileRow>(
    ({ memberId }) => memberId,
    (ids) => reader.find(Profile, { where: { memberId: In(ids) }, order: { merchantId: 'ASC' } }),
  ),
  /** Of all merchants: those of one profile are picked out. */
  preferencesByMember: batchManyByKey<PreferenceRow>(
    ({ memberId }) => memberId,
    (ids) =>
      reader.find(ProfilePreference, {
        where: { memberId: In(ids) },
        order: { kind: 'ASC', orders: 'DESC', preferred: 'ASC' },
      }),
  ),
  segmentById: batchByKey<SegmentRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Segment, { id: In(ids) }),
  ),
  promotionById: batchByKey<PromotionRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Promotion, { id: In(ids) }),
  ),
  /** How many members a segment reaches, exactly: to be shown in tens only. */
  audienceBySegment: new DataLoader<SegmentRow, number, string>(
    async (segments) => {
      const counts = await countAudiences(reader, segments);
      return segments.map(({ id }) => counts.get(id) ?? 0);
    },
    { cacheKeyFn: ({ id }) => id, maxBatchSize: 100 },
  ),
});
