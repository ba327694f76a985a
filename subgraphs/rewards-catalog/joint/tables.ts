import { createJoint } from '../migrations/1767225700035-create-joint.ts';
import { payFromPools } from '../migrations/1767225700036-pay-from-pools.ts';
import { Joint } from './entities/joint.ts';
import { Part } from './entities/part.ts';
import { PartReturn } from './entities/part-return.ts';

export const jointEntities = [Joint, Part, PartReturn];
export const jointMigrations = [createJoint, payFromPools];
