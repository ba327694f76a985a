import { EntitySchema } from 'typeorm';
import {
  code,
  flag,
  integer,
  json,
  key,
  nullable,
  reference,
} from '../../../shared/database/columns.ts';

/** Points of one version of a rule for one purchase, and how many of them returns took back. */
export type AwardRow = Readonly<{
  purchaseId: string;
  ruleId: string;
  programmeId: string;
  points: number;
  /** Points that count for tiers and cannot be spent. */
  qualifyingPoints: number;
  reversedPoints: number;
  /** How much was left under the rule's caps; returns are worked out under the same. Null: no cap. */
  room: number | null;
  /** The numbers of the lines that it pays for; null: all of them. */
  lineNumbers: readonly number[] | null;
  /** Under which name the ledger knows them among those of the purchase; null: they are all there are. */
  causeLine: string | null;
  /** It is not worked out yet: something about the order is not known. */
  isLate: boolean;
}>;

export const Award = new EntitySchema<AwardRow>({
  name: 'Award',
  tableName: 'merchants_award',
  columns: {
    purchaseId: { ...key(reference), name: 'purchase_id' },
    ruleId: { ...key(reference), name: 'rule_id' },
    programmeId: { ...reference, name: 'programme_id' },
    points: integer,
    qualifyingPoints: { ...integer, name: 'qualifying_points' },
    reversedPoints: { ...integer, name: 'reversed_points' },
    room: nullable(integer),
    lineNumbers: { ...nullable(json), name: 'line_numbers' },
    causeLine: { ...nullable(code), name: 'cause_line' },
    isLate: { ...flag, name: 'is_late' },
  },
});
