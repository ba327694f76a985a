/** From which row each type of the contract is resolved. Read by `npm run generate`. */

import type { NotLawful, WordedFinding } from '../../shared/graphql/law.ts';
import type { Aggregate, GroupPage } from '../../shared/query-kit/group.ts';
import type { Page } from '../../shared/query-kit/list.ts';
import type { GreenActRecorded } from './acts/commands/record-act.ts';
import type { GreenProjectRegistered } from './acts/commands/register-project.ts';
import type { GreenActRevoked } from './acts/commands/revoke-act.ts';
import type { ActCapReached, TrackNotAccepted } from './acts/domain/refusals.ts';
import type { ActRow } from './acts/entities/act.ts';
import type { ProjectRow } from './acts/entities/project.ts';
import type { PolicyReport } from './acts/queries/policy-report.ts';
import type { GreenCertificateExtended } from './certificates/commands/extend-green-certificate.ts';
import type { GreenCertificateRegistered } from './certificates/commands/register-green-certificate.ts';
import type { GreenCertificateRevoked } from './certificates/commands/revoke-green-certificate.ts';
import type { PlatformCertificate } from './certificates/domain/platform.ts';
import type { CertificateRow } from './certificates/entities/certificate.ts';
import type { CertificateStatus } from './certificates/queries/certificate-status.ts';
import type { CertificateWithSkus } from './certificates/queries/certificates.ts';
import type { CityDeletionConfirmed } from './city/commands/confirm-city-deletion.ts';
import type { CityRecordsExported } from './city/commands/export-city-records.ts';
import type { CityDeletionRow, CityExportRow, CityRecordRow } from './city/entities/city-export.ts';
import type { Line, LineAssessment } from './domain/assess.ts';
import type { Factor } from './domain/factors.ts';
import type { CertificateTaken } from './domain/refusals.ts';
import type {
  EmissionFactorConfirmed,
  EmissionFactorWithdrawn,
} from './factors/commands/decide-emission-factor.ts';
import type { EmissionFactorProposed } from './factors/commands/propose-emission-factor.ts';
import type { Figure } from './factors/domain/figure.ts';
import type { FactorProposalRow } from './factors/entities/factor-proposal.ts';
import type { BehaviourSum } from './report/domain/report.ts';
import type { Report } from './report/report.ts';
import type { Coded } from './report/report-code.ts';

type Reference = Readonly<{ id: string }>;

export type MerchantMapper = Readonly<{ id: string; name?: string | null }>;
export type MemberMapper = Reference;
export type FamilyMapper = Reference;
export type RewardMapper = Reference & Readonly<{ merchant?: Reference | null }>;

/** With the fields of other subgraphs that `@requires` asks for. They may be null for this caller. */
export type PurchaseMapper = Reference &
  Readonly<{
    merchant?: Reference | null;
    orderNumber?: string | null;
    purchasedAt?: string | null;
    lines?: readonly Line[] | null;
  }>;
export type RedemptionMapper = Reference &
  Readonly<{
    status?: string | null;
    reward?: RewardMapper | null;
    quantity?: number | null;
    returnedQuantity?: number | null;
    completedAt?: string | null;
  }>;

export type GreenCertificateMapper = CertificateRow;
export type GreenCertificateConnectionMapper = Page<CertificateRow>;
export type EmissionFactorMapper = Factor;
export type EmissionFigureMapper = Figure;
export type EmissionFactorProposalMapper = FactorProposalRow;
export type EmissionFactorProposedMapper = EmissionFactorProposed;
export type EmissionFactorConfirmedMapper = EmissionFactorConfirmed;
export type EmissionFactorWithdrawnMapper = EmissionFactorWithdrawn;
export type PurchaseAssessmentMapper = Readonly<{
  lines: readonly LineAssessment<CertificateWithSkus>[];
}>;
export type LineAssessmentMapper = LineAssessment<CertificateWithSkus>;
export type RewardGreenMapper = Readonly<{ certificate: CertificateRow; carbonGrams: number }>;

export type GreenCertificateRegisteredMapper = GreenCertificateRegistered;
export type CertificateTakenMapper = CertificateTaken;
export type GreenCertificateExtendedMapper = GreenCertificateExtended;
export type GreenCertificateRevokedMapper = GreenCertificateRevoked;
export type CertificateStatusMapper = CertificateStatus;
export type PlatformCertificateMapper = PlatformCertificate;

export type GreenActMapper = ActRow;
export type GreenActConnectionMapper = Page<ActRow>;
export type GreenActEdgeMapper = Page<ActRow>['edges'][number];
export type GreenActAggregateMapper = Aggregate;
export type GreenActGroupConnectionMapper = GroupPage;
export type CityExportMapper = CityExportRow;
export type CityRecordMapper = CityRecordRow;
export type CityDeletionMapper = CityDeletionRow;
export type CityRecordsExportedMapper = CityRecordsExported;
export type CityDeletionConfirmedMapper = CityDeletionConfirmed;
export type GreenPolicyReportMapper = PolicyReport;
export type GreenProjectMapper = ProjectRow;
export type GreenActRecordedMapper = GreenActRecorded;
export type GreenActRevokedMapper = GreenActRevoked;
export type GreenProjectRegisteredMapper = GreenProjectRegistered;
export type ActCapReachedMapper = ActCapReached;
export type TrackNotAcceptedMapper = TrackNotAccepted;
export type GreenReportMapper = Report;
/** `subject`: whose it is, as far as that is known. */
export type GreenReportCheckMapper = Coded &
  Readonly<{ isOfSubject: boolean | null; subject: string | null }>;
export type BehaviourSavingMapper = BehaviourSum;
export type NotLawfulMapper = NotLawful;
export type LawFindingMapper = WordedFinding;
