import { dayOf, isoDay } from '../../shared/calendar.ts';
import { readFeed } from '../../shared/feeds/read.ts';
import { hasRole, seesAll, seesMember } from '../../shared/graphql/caller.ts';
import { fault } from '../../shared/graphql/faults.ts';
import { readPage } from '../../shared/query-kit/page.ts';
import { readAggregate, readGroups } from '../../shared/query-kit/read-groups.ts';
import { caseMutations, caseQueries, casesOfWallet, caseTypes } from './cases/resolvers.ts';
import { clearingMutations, clearingQueries, clearingTypes } from './clearing/resolvers.ts';
import { postPoints } from './commands/post-points.ts';
import { planSpending } from './domain/spending-plan.ts';
import { journalEntryGroups } from './groups.ts';
import { journalEntries } from './lists.ts';
import { merges } from './merges/resolvers.ts';
import { programmes } from './programmes/resolvers.ts';
import { proveEntry } from './proof/entry-proofs.ts';
import { proof } from './proof/resolvers.ts';
import { burnsOf, burntLine, claimsOf, claimsSeenBy, plannedLines } from './queries/burns.ts';
import { clearingPositions } from './queries/clearing-positions.ts';
import { conservation } from './queries/conservation.ts';
import { ALLIANCE, expiringWithin, readWallet, shownExpiry, unitOfView } from './queries/wallet.ts';
import { reports } from './reports/resolvers.ts';
import { traces } from './reports/trace-resolvers.ts';
import type { Resolvers } from './schema.generated.ts';
import { sharing } from './sharing/resolvers.ts';
import { seesWhole, visibleEntry, visibleWallets } from './sharing/visibility.ts';
import { statement } from './statement/resolvers.ts';

/** Ten years: what is further away is not soon. */
const EXPIRING_DAYS_MAX = 3660;

// The type is wider than the map: what all subgraphs do alike is added by `buildSchema`.
export const resolvers: Omit<Resolvers, 'Refusal'> = {
  ...caseTypes,
  ...clearingTypes,
  ...sharing.types,
  Query: {
    ...caseQueries,
    ...clearingQueries,
    ...merges.Query,
    ...reports.Query,
    ...traces.Query,
    ...proof.Query,
    ...programmes.Query,
    journalEntry: (_, { id }, context) => visibleEntry(context, id),
    proof: async (_, { entryId }, context) => {
      const entry = await visibleEntry(context, entryId);
      if (entry === null || !(await seesWhole(context, entry))) return null;
      return proveEntry(context.database.reader, entry);
    },
    journalEntries: (_, args, { database, keys, caller }) =>
      readPage(journalEntries, {
        reader: database.reader,
        cursorKey: keys.cursor,
        args,
        ...(seesAll(caller)
          ? {}
          : {
              visible: {
                sql: '(row.walletId = :self OR row.counterWalletId = :self)',
                parameters: { self: caller.memberId ?? '' },
              },
            }),
      }),
    journalEntriesAggregate: (_, args, { database, keys, caller }) =>
      readAggregate(journalEntryGroups, {
        database,
        cursorKey: keys.cursor,
        args,
        isAnonymous: !seesAll(caller),
      }),
    journalEntriesGroups: (_, args, { database, keys, caller }) =>
      readGroups(journalEntryGroups, {
        database,
        cursorKey: keys.cursor,
        args,
        isAnonymous: !seesAll(caller),
      }),
    conservation: async (_, __, { database }) =>
      (await conservation(database.reader)).map(({ issuerId, ...row }) => ({
        ...row,
        issuer: { id: issuerId },
      })),
    clearingPositions: async (_, __, { database }) =>
      (await clearingPositions(database.reader)).map(
        ({ merchantId, currency, receivable, payable }) => ({
          merchant: { id: merchantId },
          receivable: { amountMinor: receivable, currency },
          payable: { amountMinor: payable, currency },
          net: { amountMinor: receivable - payable, currency },
        }),
      ),
    spendingPlan: async (_, { walletId, unit, points, acceptorId, scopes }, { loaders, clock }) => {
      const lots = await loaders.lotsByWallet.load(walletId);
      const ofUnit = lots.filter(({ key }) => key.unit === unit);
      const plan = planSpending(ofUnit, Math.max(0, points), dayOf(clock.now()), scopes);
      const lines = plannedLines(plan.draws, acceptorId);
      const { available, missing } = plan;
      return { available, missing, burns: burnsOf(lines), claims: claimsOf(lines) };
    },
    pointsLedgerFeed: (_, args, { database }) => readFeed(database.reader, args),
  },

  Mutation: {
    ...caseMutations,
    ...clearingMutations,
    ...merges.Mutation,
    ...sharing.Mutation,
    ...programmes.Mutation,
    postPoints: (_, { commands }, { services, caller }) =>
      postPoints(services.ledger, caller.subject, commands),
  },

  Merchant: { ...reports.Merchant, ...clearingTypes.Merchant },
  Liability: reports.Liability,
  TraceStrand: traces.TraceStrand,
  TraceStep: traces.TraceStep,
  Checkpoint: proof.Checkpoint,
  BalanceImport: programmes.BalanceImport,
  BalanceImportChanged: programmes.BalanceImportChanged,
  BalancesRead: programmes.BalancesRead,
  ImportedRowProblem: programmes.ImportedRowProblem,
  IssuerCover: programmes.IssuerCover,
  IssuerCoverSet: programmes.IssuerCoverSet,
  IssuerCoverRemoved: programmes.IssuerCoverRemoved,
  ConversionRate: programmes.ConversionRate,
  ConversionQuote: programmes.ConversionQuote,
  PointsConverted: programmes.PointsConverted,

  Member: {
    wallet: ({ id }, _, context) => {
      if (!seesMember(context.caller, id)) throw fault('FORBIDDEN');
      return readWallet(context, id);
    },
  },

  Wallet: {
    ...casesOfWallet,
    ...merges.Wallet,
    ...statement.Wallet,
    available: (wallet) => unitOfView(wallet, ALLIANCE).available,
    held: (wallet) => unitOfView(wallet, ALLIANCE).held,
    pending: (wallet) => unitOfView(wallet, ALLIANCE).pending,
    frozen: (wallet) => unitOfView(wallet, ALLIANCE).frozen,
    debt: (wallet) => unitOfView(wallet, ALLIANCE).debt,
    byUnit: ({ units }) => [...units],
    lots: ({ lots }) =>
      lots.map(({ key, points }) => ({
        unit: key.unit,
        issuer: { id: key.issuerId },
        points,
        useScope: key.useScope === '' ? null : key.useScope,
        contributor: key.contributor === '' ? null : { id: key.contributor },
        expiresOn: shownExpiry(key.expiresOn),
      })),
    shares: sharing.Wallet.shares,
    expiringSoon: (wallet, { days }) => {
      if (days < 1 || days > EXPIRING_DAYS_MAX) {
        const detail = `days is 1 to ${EXPIRING_DAYS_MAX}`;
        throw fault('BAD_USER_INPUT', 'INVALID_VALUE', { detail });
      }
      return expiringWithin(wallet, days);
    },
  },

  PointsMerge: merges.PointsMerge,
  PointsMergeChanged: merges.PointsMergeChanged,

  StatementConnection: statement.StatementConnection,
  StatementEntry: statement.StatementEntry,
  StatementChange: statement.StatementChange,

  Redemption: {
    burns: async ({ id }, _, context) => {
      const { caller, loaders } = context;
      const [entries, burnt] = await Promise.all([
        loaders.entriesByCause.load(id),
        loaders.burnsByRedemption.load(id),
      ]);
      const wallets = entries.flatMap(({ causeKind, walletId }) =>
        causeKind === 'REDEMPTION' ? [walletId] : [],
      );
      const seen = await visibleWallets(context, wallets);
      if (seen.size === 0 && !seesAll(caller)) return null;
      return burnsOf(burnt.filter(({ walletId }) => seen.has(walletId)).map(burntLine));
    },
    claims: async ({ id }, _, { caller, loaders }) => {
      const isMerchant = hasRole(caller, 'MERCHANT') && caller.merchantId !== null;
      if (!seesAll(caller) && !isMerchant) return null;
      const claims = claimsOf((await loaders.burnsByRedemption.load(id)).map(burntLine));
      if (seesAll(caller)) return claims;
      return claimsSeenBy(String(caller.merchantId), claims);
    },
  },

  Purchase: {
    accruals: async ({ id }, _, { caller, loaders }) => {
      const accruals = await loaders.accrualsByPurchase.load(id);
      const seen = accruals.filter(({ walletId }) => seesMember(caller, walletId));
      return seen.length === 0 && !seesAll(caller) ? null : seen;
    },
  },

  Accrual: {
    entry: async ({ entryId }, _, { loaders }) => {
      const entry = await loaders.entryById.load(entryId);
      if (entry === null) throw new Error('Broken invariant: an accrual has an entry');
      return entry;
    },
    unit: ({ key }) => key.unit,
    vestsOn: ({ vestsOn }) => (vestsOn === null ? null : isoDay(vestsOn)),
    issuer: ({ key }) => ({ id: key.issuerId }),
    expiresOn: ({ key }) => shownExpiry(key.expiresOn),
  },

  JournalEntry: {
    __resolveReference: ({ id }, context) => visibleEntry(context, id),
    ...sharing.JournalEntry,
  },

  Posting: {
    unit: ({ key }) => key.unit,
    issuer: ({ key }) => ({ id: key.issuerId }),
    expiresOn: ({ key }) => shownExpiry(key.expiresOn),
    points: ({ amount }) => amount,
  },
};
