import { EntitySchema } from 'typeorm';
import type { Day } from '../../../../shared/calendar.ts';
import {
  code,
  day,
  id,
  instant,
  integer,
  key,
  nullable,
  reference,
} from '../../../../shared/database/columns.ts';

/** What a city was given once. */
export type CityExportRow = Readonly<{
  id: string;
  region: string;
  from: Day;
  until: Day;
  askedBy: string;
  askedAt: Date;
}>;

export const CityExport = new EntitySchema<CityExportRow>({
  name: 'CityExport',
  tableName: 'green_city_export',
  columns: {
    id,
    region: code,
    from: { ...day, name: 'from_day' },
    until: { ...day, name: 'until_day' },
    askedBy: { ...reference, length: 128, name: 'asked_by' },
    askedAt: { ...instant, name: 'asked_ms' },
  },
});

/** What of a member it was given: what stands, never what was revoked. Gone when she withdraws. */
export type CityRecordRow = Readonly<{
  exportId: string;
  memberId: string;
  acts: number;
  carbonGrams: number;
}>;

export const CityRecord = new EntitySchema<CityRecordRow>({
  name: 'CityRecord',
  tableName: 'green_city_record',
  columns: {
    exportId: { ...key(reference), name: 'export_id' },
    memberId: { ...key(reference), name: 'member_id' },
    acts: integer,
    carbonGrams: { ...integer, name: 'carbon_grams' },
  },
});

/** What the city has to delete, because a member has withdrawn. */
export type CityDeletionRow = Readonly<{
  id: string;
  exportId: string;
  memberId: string;
  askedAt: Date;
  /** When the city said that it had; null: it has not yet. */
  confirmedAt: Date | null;
}>;

export const CityDeletion = new EntitySchema<CityDeletionRow>({
  name: 'CityDeletion',
  tableName: 'green_city_deletion',
  columns: {
    id,
    exportId: { ...reference, name: 'export_id' },
    memberId: { ...reference, name: 'member_id' },
    askedAt: { ...instant, name: 'asked_ms' },
    confirmedAt: { ...nullable(instant), name: 'confirmed_ms' },
  },
});
