/** From which row each type of the contract is resolved. Read by `npm run generate`. */
import type { Aggregate, GroupPage } from '../../shared/query-kit/group.ts';
import type { Page } from '../../shared/query-kit/list.ts';
import type { JournalEntryRow } from './entities/journal-entry.ts';
import type { AccrualRow, PostingRow } from './loaders.ts';
import type { WalletView } from './queries/wallet.ts';
import type { LiabilityView } from './reports/liability.ts';
import type { TracedStep, TracedStrand } from './reports/trace.ts';
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
