import { EntitySchema } from 'typeorm';
import type { Day } from '../../../../shared/calendar.ts';
import {
  code,
  day,
  flag,
  id,
  instant,
  integer,
  json,
  nullable,
  reference,
} from '../../../../shared/database/columns.ts';
import type { Boundary, Factor, GasBasis } from '../../domain/factors.ts';

/**
 * A version of a factor as one person proposes it. It counts from its first day on once another person has confirmed
 * it, and is never changed.
 */
export type FactorProposalRow = Readonly<{
  id: string;
  code: string;
  version: string;
  /** Code and version, and code, province and first day, unless it was withdrawn: of each there is one. */
  versionKey: string | null;
  dayKey: string | null;
  since: Day;
  nameEn: string;
  nameZh: string;
  numerator: number;
  denominator: number;
  unit: string;
  counted: Factor['counted'];
  basis: GasBasis;
  boundary: Boundary;
  region: string;
  province: string | null;
  dataYear: number | null;
  publishedOn: Day | null;
  source: string;
  licence: string;
  method: string;
  confidence: string;
  supersedes: string | null;
  inputs: readonly string[];
  isEnabled: boolean;
  state: 'OPEN' | 'CONFIRMED' | 'WITHDRAWN';
  proposedBy: string;
  proposedAt: Date;
  /** Who confirmed or withdrew it, and when. */
  decidedBy: string | null;
  decidedAt: Date | null;
}>;

const words = { type: 'varchar', length: 1000 } as const;
const person = { ...reference, length: 128 };

export const FactorProposal = new EntitySchema<FactorProposalRow>({
  name: 'FactorProposal',
  tableName: 'green_factor_proposal',
  columns: {
    id,
    code,
    version: code,
    versionKey: { ...nullable(code), length: 200, name: 'version_key' },
    dayKey: { ...nullable(code), length: 200, name: 'day_key' },
    since: { ...day, name: 'since_day' },
    nameEn: { type: 'varchar', length: 200, name: 'name_en' },
    nameZh: { type: 'varchar', length: 200, name: 'name_zh' },
    numerator: integer,
    denominator: integer,
    unit: code,
    counted: code,
    basis: code,
    boundary: code,
    region: code,
    province: nullable(code),
    dataYear: { ...nullable(integer), name: 'data_year' },
    publishedOn: { ...nullable(day), name: 'published_on' },
    source: words,
    licence: { type: 'varchar', length: 200 },
    method: words,
    confidence: code,
    supersedes: nullable(code),
    inputs: json,
    isEnabled: { ...flag, name: 'is_enabled' },
    state: code,
    proposedBy: { ...person, name: 'proposed_by' },
    proposedAt: { ...instant, name: 'proposed_ms' },
    decidedBy: { ...nullable(person), name: 'decided_by' },
    decidedAt: { ...nullable(instant), name: 'decided_ms' },
  },
});

/** The factor that a proposal is once it is confirmed. */
export const factorOf = ({
  nameEn,
  nameZh,
  numerator,
  denominator,
  ...row
}: FactorProposalRow): Factor => ({
  code: row.code,
  version: row.version,
  since: row.since,
  name: { en: nameEn, 'zh-CN': nameZh },
  saving: { numerator, denominator },
  unit: row.unit,
  counted: row.counted,
  basis: row.basis,
  boundary: row.boundary,
  region: row.region,
  province: row.province,
  dataYear: row.dataYear,
  publishedOn: row.publishedOn,
  source: row.source,
  licence: row.licence,
  method: row.method,
  confidence: row.confidence,
  supersedes: row.supersedes,
  inputs: row.inputs,
  isEnabled: row.isEnabled,
});
