/** From which row each type of the contract is resolved. Read by `npm run generate`. */
import type { Page } from '../../shared/query-kit/list.ts';
import type { PurchasesImported, RejectedRow } from './commands/import-purchases.ts';
import type { MerchantOnboarded } from './commands/onboard-merchant.ts';
import type { PurchaseRecorded } from './commands/record-purchase.ts';
import type { PurchaseReturned } from './commands/return-purchase.ts';
import type { MerchantSuspended } from './commands/suspend-merchant.ts';
import type {
  OverrideConfirmed,
  OverrideProposed,
} from './compliance/commands/override-finding.ts';
import type { Check } from './compliance/domain/check.ts';
import type { Finding } from './compliance/domain/finding.ts';
import type { NotLawful } from './compliance/domain/not-lawful.ts';
import type { OverrideRow } from './compliance/entities/override.ts';
import type { ComplianceReport, ReportedRule } from './compliance/queries/report.ts';
import type { RewardFinding } from './compliance/queries/reward-findings.ts';
import type { AwardRow } from './entities/award.ts';
import type { MerchantRow } from './entities/merchant.ts';
import type { ProgrammeRow } from './entities/programme.ts';
import type { PurchaseRow } from './entities/purchase.ts';
import type { PurchaseLineRow } from './entities/purchase-line.ts';
import type { AccrualQuote, QuotedAward, RuleNotApplied } from './queries/quote-accrual.ts';
import type { Reason } from './rules/domain/earning.ts';
import type { RuleRow } from './rules/entities/rule.ts';
import type { LeavingAnnounced } from './standing/commands/announce-leaving.ts';
import type { ContractAnswered } from './standing/commands/answer-contract.ts';
import type { IssuerDocumentDecided } from './standing/commands/decide-document.ts';
import type { ContractProposed } from './standing/commands/propose-contract.ts';
import type { MerchantResumed } from './standing/commands/resume-merchant.ts';
import type { IssuerDocumentSubmitted } from './standing/commands/submit-document.ts';
import type { MerchantNotice } from './standing/domain/notice.ts';
import type { ContractRow } from './standing/entities/contract.ts';
import type { DocumentRow } from './standing/entities/document.ts';

export type MerchantMapper = MerchantRow;
export type MerchantConnectionMapper = Page<MerchantRow>;
export type MerchantEdgeMapper = Page<MerchantRow>['edges'][number];
export type ProgrammeMapper = ProgrammeRow;
export type PurchaseMapper = PurchaseRow;
export type PurchaseConnectionMapper = Page<PurchaseRow>;
export type PurchaseEdgeMapper = Page<PurchaseRow>['edges'][number];
export type PurchaseLineMapper = PurchaseLineRow;
export type PurchaseAwardMapper = AwardRow;
export type AccrualQuoteMapper = AccrualQuote;
export type QuotedAwardMapper = QuotedAward;
export type RuleNotAppliedMapper = RuleNotApplied;
export type AccrualReasonMapper = Reason;
export type AccrualRuleMapper = RuleRow;

export type MerchantOnboardedMapper = MerchantOnboarded;
export type MerchantSuspendedMapper = MerchantSuspended;
export type PurchaseRecordedMapper = PurchaseRecorded;
export type PurchaseReturnedMapper = PurchaseReturned;
export type PurchasesImportedMapper = PurchasesImported;
export type RejectedRowMapper = RejectedRow;

export type AllianceContractMapper = ContractRow;
export type IssuerDocumentMapper = DocumentRow;
export type MerchantNoticeMapper = MerchantNotice;
export type IssuerDocumentSubmittedMapper = IssuerDocumentSubmitted;
export type IssuerDocumentDecidedMapper = IssuerDocumentDecided;
export type MerchantResumedMapper = MerchantResumed;
export type LeavingAnnouncedMapper = LeavingAnnounced;
export type ContractProposedMapper = ContractProposed;
export type ContractAnsweredMapper = ContractAnswered;
export type LawFindingMapper = Finding;
export type NotLawfulMapper = NotLawful;
export type ComplianceCheckMapper = Check;
export type ComplianceReportMapper = ComplianceReport;
export type ReportedRuleMapper = ReportedRule;
export type FindingOverrideMapper = OverrideRow;
export type OverrideProposedMapper = OverrideProposed;
export type OverrideConfirmedMapper = OverrideConfirmed;
export type OverrideNotAllowedMapper = Refused<'OverrideNotAllowed'>;
export type SecondPersonNeededMapper = Refused<'SecondPersonNeeded'>;
export type RewardFindingMapper = RewardFinding;
