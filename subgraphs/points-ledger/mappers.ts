/** From which row each type of the contract is resolved. Read by `npm run generate`. */

import type { Aggregate, GroupPage } from '../../shared/query-kit/group.ts';
import type { Page } from '../../shared/query-kit/list.ts';
import type { AdjustmentChanged } from './cases/commands/adjust.ts';
import type { CaseChanged } from './cases/commands/lock.ts';
import type { AdjustmentRow } from './cases/entities/adjustment.ts';
import type { DeductionPart, DeductionRow, PointsCaseRow } from './cases/entities/case.ts';
import type { ClearingTermsAgreed } from './clearing/commands/agree-terms.ts';
import type { ClearingCycleClosed } from './clearing/commands/close-cycle.ts';
import type { ClearingLinesConfirmed } from './clearing/commands/confirm-statement.ts';
import type { DefaultDeclared } from './clearing/commands/declare-default.ts';
import type { ClearingLineDisputed } from './clearing/commands/dispute-line.ts';
import type { SettlementRecorded } from './clearing/commands/record-settlement.ts';
import type { ClearingDisputeResolved } from './clearing/commands/resolve-dispute.ts';
import type { ClearingTerms } from './clearing/domain/terms.ts';
import type { ClearingCycleRow } from './clearing/entities/cycle.ts';
import type { ClearingStatementRow } from './clearing/entities/statement.ts';
import type { BurnRow } from './clearing/queries/burns.ts';
import type { LineRow, PaymentRow, SumRow, VolumeRow } from './clearing/queries/rows.ts';
import type { ConversionPlan, Rate } from './domain/conversion.ts';
import type { Cover } from './domain/cover.ts';
import type { JournalEntryRow } from './entities/journal-entry.ts';
import type { AccrualRow, PostingRow } from './loaders.ts';
import type { MergeChanged } from './merges/commands/merge-members.ts';
import type { MergeRow } from './merges/entities/merge.ts';
import type { PointsConverted } from './programmes/commands/convert-points.ts';
import type { BalanceImportChanged } from './programmes/commands/decide-import.ts';
import type { BalancesRead } from './programmes/commands/import-balances.ts';
import type { IssuerCoverRemoved } from './programmes/commands/remove-issuer-cover.ts';
import type { ConversionRateSet } from './programmes/commands/set-conversion-rate.ts';
import type { IssuerCoverSet } from './programmes/commands/set-issuer-cover.ts';
import type { RowProblem } from './programmes/domain/opening-balance.ts';
import type { ImportRow } from './programmes/import/rows.ts';
import type { ConversionView } from './programmes/queries/conversions.ts';
import type { CheckpointRow } from './proof/checkpoints.ts';
import type { MadeProof } from './proof/entry-proofs.ts';
import type { WalletView } from './queries/wallet.ts';
import type { LiabilityView } from './reports/liability.ts';
import type { TracedStep, TracedStrand } from './reports/trace.ts';
import type { PointsProgrammeSet } from './sharing/commands/set-programme.ts';
import type { SpendingCapSet } from './sharing/commands/set-spending-cap.ts';
import type { TransfereeRegistered, TransfereeRemoved } from './sharing/commands/transferees.ts';
import type { FamilyShareRow } from './sharing/loaders.ts';
import type {
  PointsContributed,
  PointsTransferred,
  PointsWithdrawn,
} from './sharing/move-points.ts';
import type { StatementChange, StatementLine } from './statement/read-statement.ts';
import type { StatementPage } from './statement/statement-page.ts';

export type JournalEntryMapper = JournalEntryRow;
export type JournalEntryConnectionMapper = Page<JournalEntryRow>;
export type JournalEntryAggregateMapper = Aggregate;
export type JournalEntryGroupConnectionMapper = GroupPage;
export type AccrualMapper = AccrualRow;
export type PostingMapper = PostingRow;
export type WalletMapper = WalletView;
export type LiabilityMapper = LiabilityView;
export type StatementConnectionMapper = StatementPage;
export type StatementEntryMapper = StatementLine;
export type StatementChangeMapper = StatementChange;
export type TraceStrandMapper = TracedStrand;
export type TraceStepMapper = TracedStep;
export type CheckpointMapper = CheckpointRow;
export type EntryProofMapper = MadeProof;

export type ClearingCycleMapper = ClearingCycleRow;
export type ClearingCycleConnectionMapper = Page<ClearingCycleRow>;
export type ClearingCycleEdgeMapper = Page<ClearingCycleRow>['edges'][number];
export type ClearingStatementMapper = ClearingStatementRow;
export type ClearingStatementConnectionMapper = Page<ClearingStatementRow>;
export type ClearingStatementEdgeMapper = Page<ClearingStatementRow>['edges'][number];
export type ClearingVolumeMapper = VolumeRow;
export type ClearingPaymentMapper = PaymentRow;
export type ClearingTotalMapper = SumRow;
export type ClearingLineMapper = LineRow;
/** With the line that it is of: who sees what of it depends on that. */
export type ClearingBurnMapper = Readonly<{ burn: BurnRow; line: LineRow }>;
export type MerchantClearingMapper = Readonly<{ merchantId: string }>;

export type ClearingCycleClosedMapper = ClearingCycleClosed;
export type ClearingLinesConfirmedMapper = ClearingLinesConfirmed;
export type ClearingLineDisputedMapper = ClearingLineDisputed;
export type ClearingDisputeResolvedMapper = ClearingDisputeResolved;
export type SettlementRecordedMapper = SettlementRecorded;
export type DefaultDeclaredMapper = DefaultDeclared;
export type ClearingTermsAgreedMapper = ClearingTermsAgreed;
export type ClearingTermsMapper = ClearingTerms;

export type FamilyShareMapper = FamilyShareRow;
export type PointsTransferredMapper = PointsTransferred;
export type PointsContributedMapper = PointsContributed;
export type PointsWithdrawnMapper = PointsWithdrawn;
export type PointsProgrammeSetMapper = PointsProgrammeSet;
export type SpendingCapSetMapper = SpendingCapSet;
export type TransfereeRegisteredMapper = TransfereeRegistered;
export type TransfereeRemovedMapper = TransfereeRemoved;
export type ConversionRateMapper = Rate;
export type ConversionQuoteMapper = ConversionPlan;
export type ConversionMapper = ConversionView;
export type PointsConvertedMapper = PointsConverted;
export type ConversionRateSetMapper = ConversionRateSet;

export type PointsCaseMapper = PointsCaseRow;
export type PointsCaseConnectionMapper = Page<PointsCaseRow>;
export type PointsCaseEdgeMapper = Page<PointsCaseRow>['edges'][number];
export type PointsDeductionMapper = DeductionRow;
export type PointsDeductionPartMapper = DeductionPart;
export type PointsAdjustmentMapper = AdjustmentRow;
export type PointsAdjustmentConnectionMapper = Page<AdjustmentRow>;
export type PointsAdjustmentEdgeMapper = Page<AdjustmentRow>['edges'][number];
export type PointsCaseChangedMapper = CaseChanged;
export type PointsAdjustmentChangedMapper = AdjustmentChanged;
export type PointsMergeMapper = MergeRow;
export type PointsMergeConnectionMapper = Page<MergeRow>;
export type PointsMergeEdgeMapper = Page<MergeRow>['edges'][number];
export type PointsMergeChangedMapper = MergeChanged;
export type IssuerCoverMapper = Cover;
export type IssuerCoverSetMapper = IssuerCoverSet;
export type IssuerCoverRemovedMapper = IssuerCoverRemoved;

export type BalanceImportMapper = ImportRow;
export type BalanceImportChangedMapper = BalanceImportChanged;
export type BalancesReadMapper = BalancesRead;
export type ImportedRowProblemMapper = RowProblem;
