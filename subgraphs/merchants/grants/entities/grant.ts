import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  integer,
  json,
  reference,
} from '../../../../shared/database/columns.ts';
import type { Reason } from '../../rules/domain/earning.ts';

export type GrantCauseKind = 'ENGAGEMENT' | 'APPRECIATION' | 'GREEN_ACT' | 'REFERRAL';

/** Points of one version of a rule that a member was granted without a purchase. It never changes. */
export type GrantRow = Readonly<{
  id: string;
  causeKind: GrantCauseKind;
  /** The engagement, the appreciation, the green act or the referral. */
  causeId: string;
  merchantId: string;
  /** Who owes the points: the merchant, or the sponsor of the rule. */
  issuerId: string;
  memberId: string;
  ruleId: string;
  programmeId: string;
  points: number;
  /** Why it is less than the rule says, or nothing. */
  reasons: readonly Reason[];
  grantedAt: Date;
}>;

export const Grant = new EntitySchema<GrantRow>({
  name: 'Grant',
  tableName: 'merchants_grant',
  columns: {
    id,
    causeKind: { ...code, name: 'cause_kind' },
    causeId: { ...reference, name: 'cause_id' },
    merchantId: { ...reference, name: 'merchant_id' },
    issuerId: { ...reference, name: 'issuer_id' },
    memberId: { ...reference, name: 'member_id' },
    ruleId: { ...reference, name: 'rule_id' },
    programmeId: { ...reference, name: 'programme_id' },
    points: integer,
    reasons: json,
    grantedAt: { ...instant, name: 'granted_ms' },
  },
});
