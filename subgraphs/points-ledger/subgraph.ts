import type { SubgraphDefinition } from '../../shared/graphql/subgraph.ts';
import { bookAdjustments } from './cases/commands/adjust.ts';
import { decideDueCases } from './cases/commands/drive-cases.ts';
import { Adjustment } from './cases/entities/adjustment.ts';
import { Deduction, PointsCase } from './cases/entities/case.ts';
import { ClearingCycle } from './clearing/entities/cycle.ts';
import { ClearingStatement } from './clearing/entities/statement.ts';
import { expireLots } from './commands/expire-lots.ts';
import { giveExpiryNotices } from './commands/give-expiry-notices.ts';
import { releaseDueHolds } from './commands/release-due-holds.ts';
import { vestDue } from './commands/vest-due.ts';
import type { Services } from './context.ts';
import { JournalEntry } from './entities/journal-entry.ts';
import { createLedger } from './ledger/create-ledger.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import { bookMerges } from './merges/commands/drive-merges.ts';
import { PointsMerge } from './merges/entities/merge.ts';
import { createBooks } from './migrations/1767225600100-create-books.ts';
import { indexTimes } from './migrations/1767225600101-index-times.ts';
import { addExpiry } from './migrations/1767225600102-add-expiry.ts';
import { addNotices } from './migrations/1767225600103-add-notices.ts';
import { addClearing } from './migrations/1767225600104-add-clearing.ts';
import { indexAccounts } from './migrations/1767225600105-index-accounts.ts';
import { addCheckpoints } from './migrations/1767225600106-add-checkpoints.ts';
import { addOrigins } from './migrations/1767225600107-add-origins.ts';
import { addTransfers } from './migrations/1767225600108-add-transfers.ts';
import { addFreezes } from './migrations/1767225600109-add-freezes.ts';
import { addProgrammes } from './migrations/1767225600111-add-programmes.ts';
import { addMerges } from './migrations/1767225600112-add-merges.ts';
import { removeCovers } from './migrations/1767225600113-remove-covers.ts';
import { addCycleTerms } from './migrations/1767225600115-add-cycle-terms.ts';
import { dropAccountIndex } from './migrations/1767225600118-drop-account-index.ts';
import { approveImports } from './migrations/1767225600120-approve-imports.ts';
import { bookImports } from './programmes/commands/book-imports.ts';
import { settleCovers } from './programmes/commands/settle-covers.ts';
import { createCheckpoints, signCheckpoints } from './proof/checkpoints.ts';
import { resolvers } from './resolvers.ts';
import { followFamilies } from './sharing/follow-families.ts';
import { returnShares } from './sharing/return-shares.ts';
import { wording } from './wording.ts';

/** The books of the alliance: wallets, lots, holds, debts, and what merchants owe each other. */
export const pointsLedger: SubgraphDefinition<Loaders, Services> = {
  name: 'points-ledger',
  folder: import.meta.dirname,
  entities: [
    PointsCase,
    Deduction,
    Adjustment,
    PointsMerge,
    JournalEntry,
    ClearingCycle,
    ClearingStatement,
  ],
  migrations: [
    createBooks,
    indexTimes,
    addExpiry,
    addNotices,
    addClearing,
    indexAccounts,
    addCheckpoints,
    addOrigins,
    addTransfers,
    addFreezes,
    addProgrammes,
    addMerges,
    removeCovers,
    addCycleTerms,
    dropAccountIndex,
    approveImports,
  ],
  resolvers,
  staff: {
    confirmClearingStatement: 'SETTLE',
    disputeClearingLine: 'SETTLE',
    recordSettlement: 'SETTLE',
  },
  wording,
  loaders: createLoaders,
  services: (frame) => ({
    ledger: createLedger(frame),
    checkpoints:
      frame.keys.checkpoint === undefined ? null : createCheckpoints(frame, frame.keys.checkpoint),
  }),
  workers: (frame, { ledger, checkpoints }) => [
    releaseDueHolds(frame, ledger),
    expireLots(frame, ledger),
    giveExpiryNotices(frame),
    vestDue(frame, ledger),
    settleCovers(frame),
    bookImports(frame, ledger),
    followFamilies(frame),
    returnShares(frame, ledger),
    decideDueCases(frame, ledger),
    bookAdjustments(frame, ledger),
    bookMerges(frame, ledger),
    ...(checkpoints === null ? [] : [signCheckpoints(checkpoints)]),
  ],
};
