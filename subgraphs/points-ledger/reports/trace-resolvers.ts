import { seesAll, seesMember } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import type { Context } from '../context.ts';
import { isMerchants } from '../domain/entry.ts';
import { familyOf, isPool } from '../domain/registers.ts';
import { shownExpiry } from '../queries/wallet.ts';
import type { Resolvers } from '../schema.generated.ts';
import { concernedBy, type TraceSubject } from './read-trace.ts';
import { type TracedStep, trace } from './trace.ts';
import { ENTRIES_MAX } from './tracer.ts';

/** Which points went where, from purchases to claims and back. */
export const traces = {
  Query: {
    trace: async (_, args, { caller, loaders, database: { reader } }) => {
      const subject = subjectOf(args);
      const { walletIds, memberIds } = await concernedBy(reader, subject);
      // Null also for what is somebody else's, so that nobody learns whether it exists.
      if (!memberIds.some((id) => seesMember(caller, id))) return null;
      const most = seesAll(caller) ? ENTRIES_MAX.all : ENTRIES_MAX.own;
      return { strands: trace(await loaders.tracer.connected(walletIds, most), subject) };
    },
  },

  TraceStrand: {
    unit: ({ first }) => first.key.unit,
    issuer: ({ first }) => ({ id: first.key.issuerId }),
    purchase: ({ purchaseId, first }, _, context) =>
      purchaseId !== null && seesStep(context, first) ? { id: purchaseId } : null,
    redemption: ({ last }, _, context) => {
      const isSpent = last.account === 'REDEEMED' && last.entry.causeKind === 'REDEMPTION';
      return isSpent && seesStep(context, last) ? { id: last.entry.causeId } : null;
    },
    acceptor: ({ last }) => (last.account === 'REDEEMED' ? { id: last.ownerId } : null),
    claim: ({ claim }, _, { caller }) => (seesAll(caller) ? claim : null),
    steps: ({ steps }) => [...steps],
  },

  TraceStep: {
    kind: ({ entry }) => entry.kind,
    entry: (step, _, context) =>
      seesStep(context, step) ? context.loaders.entryById.load(step.entryId) : null,
    member: ({ account, ownerId }, _, { caller }) =>
      !isMerchants(account) && !isPool(ownerId) && seesMember(caller, ownerId)
        ? { id: ownerId }
        : null,
    familyId: ({ account, ownerId }) =>
      !isMerchants(account) && isPool(ownerId) ? familyOf(ownerId) : null,
    merchant: ({ account, ownerId }) => (isMerchants(account) ? { id: ownerId } : null),
    expiresOn: ({ key }) => shownExpiry(key.expiresOn),
  },
} satisfies Pick<Resolvers, 'Query' | 'TraceStrand' | 'TraceStep'>;

/** Whose points they were, whose they became, and who decided it. */
const seesStep = ({ caller }: Context, { entry }: TracedStep): boolean =>
  [entry.walletId, entry.counterWalletId, entry.actorId].some(
    (id) => id !== null && seesMember(caller, id),
  );

function subjectOf(args: {
  purchaseId?: string | null;
  redemptionId?: string | null;
  entryId?: string | null;
}): TraceSubject {
  const kinds = ['purchaseId', 'redemptionId', 'entryId'] as const;
  const given = kinds.flatMap((kind) => {
    const id = args[kind];
    return id == null ? [] : [{ kind, id }];
  });
  const [subject, ...others] = given;
  if (subject !== undefined && others.length === 0) return subject;
  throw fault('BAD_USER_INPUT', 'INVALID_VALUE', { detail: `give one of ${kinds.join(', ')}` });
}
