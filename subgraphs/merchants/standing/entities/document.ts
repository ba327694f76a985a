import { EntitySchema } from 'typeorm';
import {
  code,
  day,
  id,
  instant,
  nullable,
  reference,
  text,
} from '../../../../shared/database/columns.ts';
import type { IssuerDocument } from '../domain/document.ts';

/** A document that an issuer handed in. What it says never changes; only what was decided of it does. */
export type DocumentRow = IssuerDocument &
  Readonly<{
    id: string;
    merchantId: string;
    number: string;
    issuingBody: string;
    submittedBy: string;
    submittedAt: Date;
    decidedBy: string | null;
    decidedAt: Date | null;
    /** Why it was rejected or revoked, or empty. */
    reason: string;
  }>;

export const IssuerDocuments = new EntitySchema<DocumentRow>({
  name: 'IssuerDocument',
  tableName: 'merchants_document',
  columns: {
    id,
    merchantId: { ...reference, name: 'merchant_id' },
    kind: code,
    number: code,
    issuingBody: { ...text, name: 'issuing_body' },
    issuedOn: { ...day, name: 'issued_day' },
    expiresOn: { ...day, name: 'expires_day' },
    state: code,
    submittedBy: { ...reference, name: 'submitted_by' },
    submittedAt: { ...instant, name: 'submitted_ms' },
    decidedBy: { ...nullable(reference), name: 'decided_by' },
    decidedAt: { ...nullable(instant), name: 'decided_ms' },
    verifiedAt: { ...nullable(instant), name: 'verified_ms' },
    revokedAt: { ...nullable(instant), name: 'revoked_ms' },
    reason: text,
  },
});
