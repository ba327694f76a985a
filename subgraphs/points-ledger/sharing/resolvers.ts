import { fault } from '../../../shared/graphql/faults.ts';
import type { Context } from '../context.ts';
import type { JournalEntryRow } from '../entities/journal-entry.ts';
import type { Resolvers } from '../schema.generated.ts';
import { setPointsProgramme } from './commands/set-programme.ts';
import { setSpendingCap } from './commands/set-spending-cap.ts';
import { registerTransferee, removeTransferee } from './commands/transferees.ts';
import { contributeToFamilyPool, transferPoints, withdrawFromFamilyPool } from './move-points.ts';

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
    setPointsProgramme: (_, { input }, { run }) => run(setPointsProgramme, input),
    setSpendingCap: (_, { input }, { run }) => run(setSpendingCap, input),
    transferPoints: (_, { input }, context) => transferPoints(context, input),
    withdrawFromFamilyPool: (_, { input }, context) => withdrawFromFamilyPool(context, input),
  },

  PointsTransferred: { entry: ({ entryId }, _, context) => entryBy(context, entryId) },
  PointsContributed: {
    entry: ({ entryId }, _, context) => entryBy(context, entryId),
    family: ({ familyId }) => ({ id: familyId }),
  },
  PointsWithdrawn: {
    entry: ({ entryId }, _, context) => entryBy(context, entryId),
    family: ({ familyId }) => ({ id: familyId }),
  },
} satisfies Partial<Resolvers>;

async function entryBy({ loaders }: Context, id: string): Promise<JournalEntryRow> {
  const entry = await loaders.entryById.load(id);
  if (entry === null) throw new Error('Broken invariant: an entry stays in the books');
  return entry;
}
