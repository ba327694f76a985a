import { EntitySchema } from 'typeorm';
import { code, id, instant, reference, text } from '../../../../shared/database/columns.ts';
import type { RulePresentation } from '../../schema.generated.ts';

/** What a member said of a version before it was in force. */
export type RuleCommentRow = Readonly<{
  id: string;
  ruleId: string;
  memberId: string;
  text: string;
  at: Date;
}>;

export const RuleComment = new EntitySchema<RuleCommentRow>({
  name: 'RuleComment',
  tableName: 'merchants_rule_comment',
  columns: {
    id,
    ruleId: { ...reference, name: 'rule_id' },
    memberId: { ...reference, name: 'member_id' },
    text,
    at: { ...instant, name: 'recorded_ms' },
  },
});

/** That a member has read a version: once, and kept (R1). */
export type RuleAcknowledgementRow = Readonly<{
  id: string;
  ruleId: string;
  memberId: string;
  language: string;
  /** Of the text that was shown. */
  sha256: string;
  presentation: RulePresentation;
  at: Date;
}>;

export const RuleAcknowledgement = new EntitySchema<RuleAcknowledgementRow>({
  name: 'RuleAcknowledgement',
  tableName: 'merchants_rule_acknowledgement',
  columns: {
    id,
    ruleId: { ...reference, name: 'rule_id' },
    memberId: { ...reference, name: 'member_id' },
    language: code,
    sha256: code,
    presentation: code,
    at: { ...instant, name: 'recorded_ms' },
  },
});
