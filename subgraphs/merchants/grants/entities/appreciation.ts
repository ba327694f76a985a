import { EntitySchema } from 'typeorm';
import {
  code,
  flag,
  id,
  instant,
  integer,
  json,
  key,
  nullable,
  reference,
} from '../../../../shared/database/columns.ts';
import type { TierWeight } from '../../rules/domain/terms.ts';

/**
 * How far an appreciation is. LISTING: who takes part is being found out. READY: the shares are fixed, and a
 * second person may look at them. GRANTING: approved, and the grants are being written down.
 */
export type AppreciationState = 'LISTING' | 'READY' | 'GRANTING' | 'GRANTED' | 'DROPPED';

/** The budget of one rule, shared out among those who earned in its period. */
export type AppreciationRow = Readonly<{
  id: string;
  merchantId: string;
  ruleId: string;
  ruleKey: string;
  state: AppreciationState;
  /** As the rule has published them when it was proposed; null: equal shares. */
  tiers: readonly TierWeight[] | null;
  /** The last member who was looked at; empty: nobody was. */
  listedTo: string;
  members: number;
  /** Of all shares. Known from READY on. */
  points: number;
  /** The lowest and the highest share. */
  lowestPoints: number;
  highestPoints: number;
  /** What its members paid in the period, returns taken off, in the smallest unit. */
  paidMinor: number;
  grantedMembers: number;
  grantedPoints: number;
  proposedBy: string;
  proposedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
}>;

export const Appreciation = new EntitySchema<AppreciationRow>({
  name: 'Appreciation',
  tableName: 'merchants_appreciation',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    ruleId: { ...reference, name: 'rule_id' },
    ruleKey: { ...reference, name: 'rule_key' },
    state: code,
    tiers: nullable(json),
    listedTo: { ...reference, name: 'listed_to' },
    members: integer,
    points: integer,
    lowestPoints: { ...integer, name: 'lowest_points' },
    highestPoints: { ...integer, name: 'highest_points' },
    paidMinor: { ...integer, name: 'paid_minor' },
    grantedMembers: { ...integer, name: 'granted_members' },
    grantedPoints: { ...integer, name: 'granted_points' },
    proposedBy: { ...reference, length: 128, name: 'proposed_by' },
    proposedAt: { ...instant, name: 'proposed_ms' },
    decidedBy: { ...nullable(reference), length: 128, name: 'decided_by' },
    decidedAt: { ...nullable(instant), name: 'decided_ms' },
  },
});

/** A member's part of an appreciation. */
export type ShareRow = Readonly<{
  appreciationId: string;
  memberId: string;
  weight: number;
  paidMinor: number;
  /** Null until all are listed. */
  points: number | null;
  isGranted: boolean;
}>;

export const Share = new EntitySchema<ShareRow>({
  name: 'Share',
  tableName: 'merchants_share',
  columns: {
    appreciationId: { ...key(reference), name: 'appreciation_id' },
    memberId: { ...key(reference), name: 'member_id' },
    weight: integer,
    paidMinor: { ...integer, name: 'paid_minor' },
    points: nullable(integer),
    isGranted: { ...flag, name: 'is_granted' },
  },
});
