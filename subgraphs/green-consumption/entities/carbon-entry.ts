import { EntitySchema } from 'typeorm';
import { code, instant, integer, nullable, reference } from '../../../shared/database/columns.ts';
import type { CarbonEntry } from '../domain/carbon-entries.ts';

const cause = { type: 'varchar', length: 80 } as const;

/** The members' carbon accounts. Rows are added, never changed. */
export const CarbonEntries = new EntitySchema<CarbonEntry>({
  name: 'CarbonEntry',
  tableName: 'green_carbon_entry',
  columns: {
    cause: { ...cause, primary: true },
    line: { ...integer, primary: true },
    factorCode: { ...code, primary: true, name: 'factor_code' },
    factorVersion: { ...code, name: 'factor_version' },
    basis: code,
    memberId: { ...reference, name: 'member_id' },
    merchantId: { ...nullable(reference), name: 'merchant_id' },
    region: nullable(code),
    origin: cause,
    certificateId: { ...nullable(reference), name: 'certificate_id' },
    activityMilli: { ...integer, name: 'activity_milli' },
    pieces: integer,
    grams: integer,
    occurredAt: { ...instant, name: 'occurred_ms' },
  },
});
