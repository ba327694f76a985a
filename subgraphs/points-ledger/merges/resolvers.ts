import { readPage } from '../../../shared/query-kit/page.ts';
import { runForMembers } from '../commands/for-members.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../schema.generated.ts';
import { driveMerge } from './commands/drive-merges.ts';
import { approveMerge, mergeRefused, proposeMerge } from './commands/merge-members.ts';
import { pointsMerges } from './lists.ts';

/** Two accounts of one person that become one. */
export const merges = {
  Query: {
    pointsMerge: (_, { id }, { loaders }) => loaders.mergeById.load(id),
    pointsMerges: (_, args, { database, keys }) =>
      readPage(pointsMerges, { reader: database.reader, cursorKey: keys.cursor, args }),
  },

  Mutation: {
    proposeMerge: (_, { input }, context) =>
      runForMembers(context, proposeMerge, input, { fromMemberId: 'ANY', intoMemberId: 'ACTIVE' }),
    approveMerge: async (_, { input }, context) => {
      const outcome = await context.run(approveMerge, input);
      return outcome.kind === 'PointsMergeChanged' ? toldBy(context, outcome) : outcome;
    },
  },

  Wallet: {
    mergedInto: async ({ walletId }, _, { loaders }) => {
      const found = await loaders.mergedWallet.load(walletId);
      return found === null ? null : { id: found.intoId };
    },
  },

  PointsMerge: {
    from: ({ walletId }) => ({ id: walletId }),
    into: ({ intoId }) => ({ id: intoId }),
    entry: ({ entryId }, _, { loaders }) =>
      entryId === null ? null : loaders.entryById.load(entryId),
  },

  PointsMergeChanged: {
    merge: async ({ mergeId }, _, { loaders }) => {
      const found = await loaders.mergeById.load(mergeId);
      if (found === null) throw new Error('Broken invariant: a merge that was changed is there');
      return found;
    },
  },
} satisfies Partial<Resolvers>;

/**
 * What was approved is committed: the books follow at once, or else in a few seconds by the worker. When they
 * have refused it, that is the answer, also to who asks again.
 */
async function toldBy<Outcome extends { mergeId: string }>(
  context: Context,
  outcome: Outcome,
): Promise<Outcome | ReturnType<typeof mergeRefused>> {
  const { services, loaders, logger } = context;
  try {
    await driveMerge(context, services.ledger, outcome.mergeId);
  } catch (error) {
    logger.warn({ error }, 'the books did not follow a decision yet');
  }
  const { refusal = null } = (await loaders.mergeById.load(outcome.mergeId)) ?? {};
  return refusal === null ? outcome : mergeRefused(refusal);
}
