import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  integer,
  nullable,
  reference,
} from '../../../../shared/database/columns.ts';
import type { GasBasis } from '../../domain/factors.ts';
import type { EvidenceKind } from '../domain/behaviours.ts';
import type { RevocationReason } from '../domain/revocation.ts';

/** One green act of a member. It never changes but by being revoked. */
export type ActRow = Readonly<{
  id: string;
  memberId: string;
  /** The code of a factor; `PROJECT` for taking part in a project, which saves no grams. */
  behaviour: string;
  /** Null: it saves no grams. */
  factorVersion: string | null;
  basis: GasBasis | null;
  unit: string;
  /** What was done, and what of it counts under the caps, in thousandths of the unit. */
  activityMilli: number;
  countedMilli: number;
  grams: number;
  /** Those of them that the graph adds up: of CO2e, and of an act that stands; else 0. */
  shownGrams: number;
  region: string;
  /** Who recorded it, and whose rules give points for it; null: nobody's. */
  merchantId: string | null;
  projectId: string | null;
  evidenceKind: EvidenceKind;
  evidenceIssuer: string;
  evidenceNumber: string;
  externalClaimId: string;
  occurredAt: Date;
  recordedBy: string;
  recordedAt: Date;
  revokedAt: Date | null;
  revokedBy: string | null;
  revocationReason: RevocationReason | null;
  /** SHA-256 of the document that the revocation rests on. */
  revocationEvidence: string | null;
}>;

const subject = { ...reference, length: 128 } as const;

export const Act = new EntitySchema<ActRow>({
  name: 'GreenAct',
  tableName: 'green_act',
  columns: {
    id,
    memberId: { ...reference, name: 'member_id' },
    behaviour: code,
    factorVersion: { ...nullable(code), name: 'factor_version' },
    basis: nullable(code),
    unit: code,
    activityMilli: { ...integer, name: 'activity_milli' },
    countedMilli: { ...integer, name: 'counted_milli' },
    grams: integer,
    shownGrams: { ...integer, name: 'shown_grams' },
    region: code,
    merchantId: { ...nullable(reference), name: 'merchant_id' },
    projectId: { ...nullable(reference), name: 'project_id' },
    evidenceKind: { ...code, name: 'evidence_kind' },
    evidenceIssuer: { ...code, name: 'evidence_issuer' },
    evidenceNumber: { ...code, name: 'evidence_number' },
    externalClaimId: { ...code, length: 512, name: 'external_claim_id' },
    occurredAt: { ...instant, name: 'occurred_ms' },
    recordedBy: { ...subject, name: 'recorded_by' },
    recordedAt: { ...instant, name: 'recorded_ms' },
    revokedAt: { ...nullable(instant), name: 'revoked_ms' },
    revokedBy: { ...nullable(subject), name: 'revoked_by' },
    revocationReason: { ...nullable(code), name: 'revocation_reason' },
    revocationEvidence: { ...nullable(code), name: 'revocation_evidence' },
  },
});
