import { EntitySchema } from 'typeorm';
import type { Day } from '../../../../shared/calendar.ts';
import {
  code,
  day,
  id,
  instant,
  integer,
  nullable,
  reference,
} from '../../../../shared/database/columns.ts';
import type { Label } from '../domain/platform.ts';

/** Proof by a third party that products or rewards of a merchant are green. Only its revocation is added to it. */
export type CertificateRow = Readonly<{
  id: string;
  number: string;
  label: Label;
  body: string;
  merchantId: string;
  validFrom: Day;
  validUntil: Day;
  behaviour: string | null;
  activityMilli: number | null;
  registeredAt: Date;
  /** When the certification platform was first seen to list it; null: never. */
  listedAt: Date | null;
  /** The first day on which it is no longer good, why, and who says so. */
  revokedFrom: Day | null;
  revokedReason: string | null;
  revokedBy: string | null;
  revokedAt: Date | null;
}>;

export const Certificate = new EntitySchema<CertificateRow>({
  name: 'Certificate',
  tableName: 'green_certificate',
  columns: {
    id,
    number: code,
    label: code,
    body: { type: 'varchar', length: 200 },
    merchantId: { ...reference, name: 'merchant_id' },
    validFrom: { ...day, name: 'valid_from' },
    validUntil: { ...day, name: 'valid_until' },
    behaviour: nullable(code),
    activityMilli: { ...nullable(integer), name: 'activity_milli' },
    registeredAt: { ...instant, name: 'registered_ms' },
    listedAt: { ...nullable(instant), name: 'listed_ms' },
    revokedFrom: { ...nullable(day), name: 'revoked_from' },
    revokedReason: { type: 'varchar', length: 1000, nullable: true, name: 'revoked_reason' },
    revokedBy: { ...nullable(reference), length: 128, name: 'revoked_by' },
    revokedAt: { ...nullable(instant), name: 'revoked_ms' },
  },
});

/** What a certificate covers: a merchant's product by its sku, or a reward by its id. */
export type ScopeRow = Readonly<{
  certificateId: string;
  kind: 'SKU' | 'REWARD';
  target: string;
}>;

export const Scope = new EntitySchema<ScopeRow>({
  name: 'Scope',
  tableName: 'green_certificate_scope',
  columns: {
    certificateId: { ...reference, primary: true, name: 'certificate_id' },
    kind: { ...code, primary: true },
    target: { ...reference, primary: true },
  },
});
