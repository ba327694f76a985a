import { type EntityManager, In } from 'typeorm';
import { batchByKey, batchManyByKey } from '../../../shared/graphql/batch.ts';
import { Joint, type JointRow } from './entities/joint.ts';
import { Part, type PartRow } from './entities/part.ts';

export const createJointLoaders = (reader: EntityManager) => ({
  jointById: batchByKey<JointRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Joint, { id: In(ids) }),
  ),
  partsByJoint: batchManyByKey<PartRow>(
    ({ jointId }) => jointId,
    (ids) => reader.find(Part, { where: { jointId: In(ids) }, order: { number: 'ASC' } }),
  ),
});
