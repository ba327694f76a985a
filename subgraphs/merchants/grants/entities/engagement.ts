import { EntitySchema } from 'typeorm';
import { code, id, instant, nullable, reference } from '../../../../shared/database/columns.ts';

/** What members take part in without buying anything (S18, S19): triggers of rules with these names. */
export type EngagementKind = 'LECTURE' | 'SURVEY' | 'SUGGESTION';

/** That a member took part in something: once for each event and member, whatever she answered. */
export type EngagementRow = Readonly<{
  id: string;
  merchantId: string;
  kind: EngagementKind;
  /** The merchant's own name for the lecture, the survey, or the suggestion. */
  eventId: string;
  memberId: string;
  /** What proves it, such as the number of a check-in; never an answer. */
  evidence: string | null;
  storeId: string | null;
  occurredAt: Date;
  recordedBy: string;
  recordedAt: Date;
}>;

export const Engagement = new EntitySchema<EngagementRow>({
  name: 'Engagement',
  tableName: 'merchants_engagement',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    kind: code,
    eventId: { ...reference, name: 'event_id' },
    memberId: { ...reference, name: 'member_id' },
    evidence: nullable(code),
    storeId: { ...nullable(reference), name: 'store_id' },
    occurredAt: { ...instant, name: 'occurred_ms' },
    recordedBy: { ...reference, length: 128, name: 'recorded_by' },
    recordedAt: { ...instant, name: 'recorded_ms' },
  },
});
