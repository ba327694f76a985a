import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  integer,
  json,
  nullable,
  reference,
  text,
} from '../../../../shared/database/columns.ts';
import type { RuleTerms } from '../domain/terms.ts';

/**
 * Where a version of a rule stands by what people did. What follows from the clock alone is not stored:
 * PUBLISHED is shown as COMMENT, NOTICE, EFFECTIVE or SUPERSEDED (`domain/rule-state.ts`).
 */
export type StoredRuleState = 'DRAFT' | 'REVIEWED' | 'PUBLISHED' | 'WITHDRAWN';

/** One version of a rule. Its terms never change: another version is another row. */
export type RuleRow = Readonly<{
  id: string;
  /** What the versions of one rule have in common. That of a programme's basic rule is the programme's id. */
  ruleKey: string;
  /** From 1. */
  version: number;
  programmeId: string;
  merchantId: string;
  state: StoredRuleState;
  terms: RuleTerms;
  draftedBy: string;
  draftedAt: Date;
  reviewedBy: string | null;
  reviewedAt: Date | null;
  publishedBy: string | null;
  publishedAt: Date | null;
  /** Until when the public may comment before notice is given. */
  commentUntil: Date | null;
  /** From when on points are granted by it. */
  effectiveAt: Date | null;
  /** From when on no longer: the next version, or the end of the rule. */
  endsAt: Date | null;
  /** Which version ended it. Null: none did, or its end was announced by itself. */
  endedBy: string | null;
  /** Who took it back, or announced its end; why, in words for members. */
  withdrawnBy: string | null;
  withdrawnAt: Date | null;
  withdrawReason: string | null;
}>;

export const Rule = new EntitySchema<RuleRow>({
  name: 'Rule',
  tableName: 'merchants_rule',
  columns: {
    id,
    ruleKey: { ...reference, name: 'rule_key' },
    version: integer,
    programmeId: { ...reference, name: 'programme_id' },
    merchantId: { ...reference, name: 'merchant_id' },
    state: code,
    terms: json,
    draftedBy: { ...reference, name: 'drafted_by' },
    draftedAt: { ...instant, name: 'drafted_ms' },
    reviewedBy: { ...nullable(reference), name: 'reviewed_by' },
    reviewedAt: { ...nullable(instant), name: 'reviewed_ms' },
    publishedBy: { ...nullable(reference), name: 'published_by' },
    publishedAt: { ...nullable(instant), name: 'published_ms' },
    commentUntil: { ...nullable(instant), name: 'comment_until_ms' },
    effectiveAt: { ...nullable(instant), name: 'effective_ms' },
    endsAt: { ...nullable(instant), name: 'ends_ms' },
    endedBy: { ...nullable(reference), name: 'ended_by' },
    withdrawnBy: { ...nullable(reference), name: 'withdrawn_by' },
    withdrawnAt: { ...nullable(instant), name: 'withdrawn_ms' },
    withdrawReason: { ...nullable(text), name: 'withdraw_reason' },
  },
});

/** Names the version in every posting that it caused. */
export const ruleVersionOf = ({ ruleKey, version }: Pick<RuleRow, 'ruleKey' | 'version'>): string =>
  `${ruleKey}@v${version}`;
