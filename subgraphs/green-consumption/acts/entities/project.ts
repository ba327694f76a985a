import { EntitySchema } from 'typeorm';
import type { Day } from '../../../../shared/calendar.ts';
import {
  code,
  day,
  id,
  instant,
  nullable,
  reference,
  text,
} from '../../../../shared/database/columns.ts';

/** A project in which members may take part, such as planting trees (S48). It never changes. */
export type ProjectRow = Readonly<{
  id: string;
  code: string;
  titleZh: string;
  titleEn: string;
  organiser: string;
  /** Where anybody can read about it. */
  source: string;
  region: string;
  /** Whose rules give the bonus; null: there is none. */
  merchantId: string | null;
  /** The first and the last day on which taking part counts. */
  startsOn: Day;
  endsOn: Day;
  registeredBy: string;
  registeredAt: Date;
}>;

const words = { type: 'varchar', length: 200 } as const;

export const Project = new EntitySchema<ProjectRow>({
  name: 'GreenProject',
  tableName: 'green_project',
  columns: {
    id,
    code,
    titleZh: { ...words, name: 'title_zh' },
    titleEn: { ...words, name: 'title_en' },
    organiser: words,
    source: text,
    region: code,
    merchantId: { ...nullable(reference), name: 'merchant_id' },
    startsOn: { ...day, name: 'starts_on' },
    endsOn: { ...day, name: 'ends_on' },
    registeredBy: { ...reference, length: 128, name: 'registered_by' },
    registeredAt: { ...instant, name: 'registered_ms' },
  },
});
