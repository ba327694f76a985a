import { hasRole } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { runForMerchant } from '../commands/for-merchant.ts';
import type { Context } from '../context.ts';
import type { Detail } from '../domain/entry.ts';
import { familyOf, isPool, poolOf } from '../domain/registers.ts';
import type { JournalEntryRow } from '../entities/journal-entry.ts';
import { readWallet } from '../queries/wallet.ts';
import type { Resolvers } from '../schema.generated.ts';
import { setPointsProgramme } from './commands/set-programme.ts';
import { setSpendingCap } from './commands/set-spending-cap.ts';
import { registerTransferee, removeTransferee } from './commands/transferees.ts';
import { contributeToFamilyPool, transferPoints, withdrawFromFamilyPool } from './move-points.ts';
import { seesWallet, visiblePostings } from './visibility.ts';

/** Points that go from one member to another, and the pools of families. */
export const sharing = {
  Mutation: {
    contributeToFamilyPool: (_, { input }, context) => contributeToFamilyPool(context, input),
    registerTransferee: (_, { input }, { run, caller }) => {
      if (caller.subject !== 'service:members') throw fault('FORBIDDEN');
      return run(registerTransferee, input);
    },
    removeTransferee: (_, { input }, { run, caller }) => {
      if (caller.subject !== 'service:members') throw fault('FORBIDDEN');
      return run(removeTransferee, input);
    },
    setPointsProgramme: (_, { input }, context) => {
      const { caller } = context;
      if (!hasRole(caller, 'OPERATOR') && caller.subject !== 'service:merchants') {
        throw fault('FORBIDDEN');
      }
      return runForMerchant(context, setPointsProgramme, input, 'issuerId');
    },
    setSpendingCap: (_, { input }, { run }) => run(setSpendingCap, input),
    transferPoints: (_, { input }, context) => transferPoints(context, input),
    withdrawFromFamilyPool: (_, { input }, context) => withdrawFromFamilyPool(context, input),
  },

  JournalEntry: {
    member: ({ walletId }) => memberOf(walletId),
    family: ({ walletId, counterWalletId }) => familyIn(walletId) ?? familyIn(counterWalletId),
    counterpart: ({ counterWalletId }) => memberOf(counterWalletId),
    actor: ({ actorId }) => memberOf(actorId),
    addressedTo: ({ detail }) => memberOf(addressedTo(detail)),
    postings: (entry, _, context) => visiblePostings(context, entry),
  },

  Wallet: {
    shares: ({ walletId }, _, { loaders }) =>
      isPool(walletId) ? loaders.sharesByPool.load(walletId) : [],
  },

  /** Types that nothing else is said of. */
  types: {
    Family: {
      wallet: async ({ id }, _, context) => {
        const poolId = poolOf(id);
        if (!(await seesWallet(context, poolId))) throw fault('FORBIDDEN');
        return readWallet(context, poolId);
      },
    },
    FamilyShare: { member: ({ memberId }) => ({ id: memberId }) },
    PointsTransferred: { entry: ({ entryId }, _, context) => entryBy(context, entryId) },
    PointsContributed: {
      entry: ({ entryId }, _, context) => entryBy(context, entryId),
      family: ({ familyId }) => ({ id: familyId }),
    },
    PointsWithdrawn: {
      entry: ({ entryId }, _, context) => entryBy(context, entryId),
      family: ({ familyId }) => ({ id: familyId }),
    },
  },
} satisfies Pick<Resolvers, 'Mutation' | 'JournalEntry' | 'Wallet'> & {
  types: Partial<Resolvers>;
};

/** The account that a command named, when that was merged into the one it acted on. */
export const addressedTo = (detail: Detail | null): string | null => {
  const named = detail?.addressedTo;
  return named === undefined || named === null ? null : String(named);
};

/** The member whose wallet it is: none for a family's. */
export const memberOf = (walletId: string | null) =>
  walletId === null || isPool(walletId) ? null : { id: walletId };

/** The family whose wallet it is: none for a member's. */
const familyIn = (walletId: string | null) =>
  walletId !== null && isPool(walletId) ? { id: familyOf(walletId) } : null;

async function entryBy({ loaders }: Context, id: string): Promise<JournalEntryRow> {
  const entry = await loaders.entryById.load(id);
  if (entry === null) throw new Error('Broken invariant: an entry stays in the books');
  return entry;
}
