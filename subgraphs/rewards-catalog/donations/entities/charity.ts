import { EntitySchema } from 'typeorm';
import type { Day } from '../../../../shared/calendar.ts';
import { code, day, id, instant, nullable, text } from '../../../../shared/database/columns.ts';

export type CharityState = 'PROPOSED' | 'CONFIRMED' | 'ENDED';

/** A charity with one of its qualifications. Only its state ever changes. */
export type CharityRow = Readonly<{
  id: string;
  registrationNumber: string;
  nameZh: string;
  nameEn: string;
  fundraisingNumber: string;
  /** The last day on which it may ask the public for money. */
  qualifiedUntil: Day;
  state: CharityState;
  proposedBy: string;
  proposedAt: Date;
  confirmedBy: string | null;
  confirmedAt: Date | null;
  endedBy: string | null;
  endedAt: Date | null;
  endReason: string | null;
}>;

export const Charity = new EntitySchema<CharityRow>({
  name: 'Charity',
  tableName: 'rewards_charity',
  columns: {
    id,
    registrationNumber: { ...code, name: 'registration_number' },
    nameZh: { ...text, name: 'name_zh' },
    nameEn: { ...text, name: 'name_en' },
    fundraisingNumber: { ...code, name: 'fundraising_number' },
    qualifiedUntil: { ...day, name: 'qualified_until' },
    state: code,
    proposedBy: { ...text, name: 'proposed_by' },
    proposedAt: { ...instant, name: 'proposed_ms' },
    confirmedBy: nullable({ ...text, name: 'confirmed_by' }),
    confirmedAt: nullable({ ...instant, name: 'confirmed_ms' }),
    endedBy: nullable({ ...text, name: 'ended_by' }),
    endedAt: nullable({ ...instant, name: 'ended_ms' }),
    endReason: nullable({ ...text, name: 'end_reason' }),
  },
});
