import { type EntityManager, In } from 'typeorm';
import { placeholders } from '../../../shared/database/rows.ts';
import { batchByKey, batchManyByKey } from '../../../shared/graphql/batch.ts';
import {
  type PreferenceRow,
  Profile,
  ProfilePreference,
  type ProfileRow,
} from './entities/profile.ts';

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
});
