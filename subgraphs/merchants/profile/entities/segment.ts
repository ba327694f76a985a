import { EntitySchema } from 'typeorm';
import {
  id,
  instant,
  json,
  nullable,
  reference,
  text,
} from '../../../../shared/database/columns.ts';
import type { SegmentTerms } from '../domain/segment.ts';

/** A group of a merchant's customers, by what their profiles say. Its terms never change. */
export type SegmentRow = Readonly<{
  id: string;
  merchantId: string;
  nameZh: string;
  nameEn: string;
  terms: SegmentTerms;
  definedBy: string;
  definedAt: Date;
  endedAt: Date | null;
}>;

export const Segment = new EntitySchema<SegmentRow>({
  name: 'Segment',
  tableName: 'merchants_segment',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    nameZh: { ...text, name: 'name_zh' },
    nameEn: { ...text, name: 'name_en' },
    terms: json,
    definedBy: { ...reference, length: 128, name: 'defined_by' },
    definedAt: { ...instant, name: 'defined_ms' },
    endedAt: { ...nullable(instant), name: 'ended_ms' },
  },
});

/** What a merchant tells of. Everybody sees it; a segment says who is told first. */
export type PromotionRow = Readonly<{
  id: string;
  merchantId: string;
  segmentId: string | null;
  ruleId: string | null;
  titleZh: string;
  titleEn: string;
  textZh: string;
  textEn: string;
  from: Date;
  until: Date;
  publishedBy: string;
  publishedAt: Date;
  withdrawnAt: Date | null;
}>;

export const Promotion = new EntitySchema<PromotionRow>({
  name: 'Promotion',
  tableName: 'merchants_promotion',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    segmentId: { ...nullable(reference), name: 'segment_id' },
    ruleId: { ...nullable(reference), name: 'rule_id' },
    titleZh: { ...text, name: 'title_zh' },
    titleEn: { ...text, name: 'title_en' },
    textZh: { ...text, name: 'text_zh' },
    textEn: { ...text, name: 'text_en' },
    from: { ...instant, name: 'from_ms' },
    until: { ...instant, name: 'until_ms' },
    publishedBy: { ...reference, length: 128, name: 'published_by' },
    publishedAt: { ...instant, name: 'published_ms' },
    withdrawnAt: { ...nullable(instant), name: 'withdrawn_ms' },
  },
});
