import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  integer,
  json,
  nullable,
  reference,
} from '../../../../shared/database/columns.ts';
import type { PartRefusal, PartState } from '../domain/joint.ts';

/** What one member pays of a joint redemption. Its id is that of the hold. */
export type PartRow = Readonly<{
  id: string;
  jointId: string;
  /** The first is that of her who started it. */
  number: number;
  memberId: string;
  points: number;
  /** Where she wants it, for rewards that have regions. */
  region: string | null;
  state: PartState;
  /** When she declined, or took back that she had accepted. */
  declinedAt: Date | null;
  /** How often she has accepted: each time has a key of its own in the ledger. */
  tries: number;
  /** Why the ledger did not set her points aside, by the number of the try. */
  refusals: Readonly<Record<string, PartRefusal>>;
  /** How many of `points` came back since. */
  returned: number;
}>;

export const Part = new EntitySchema<PartRow>({
  name: 'JointPart',
  tableName: 'rewards_joint_part',
  columns: {
    id,
    jointId: { ...reference, name: 'joint_id' },
    number: { ...integer, name: 'part_number' },
    memberId: { ...reference, name: 'member_id' },
    points: integer,
    region: nullable(code),
    state: code,
    declinedAt: nullable({ ...instant, name: 'declined_ms' }),
    tries: integer,
    refusals: json,
    returned: integer,
  },
});
