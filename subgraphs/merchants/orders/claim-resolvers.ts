import { actsForMerchant } from '../../../shared/graphql/caller.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import { askBefore } from '../mutations.ts';
import { present } from '../present.ts';
import type { AcceptClaimInput, Resolvers } from '../schema.generated.ts';
import { claimPoints, escalateClaim } from './commands/claim-points.ts';
import { acceptClaimOf, declineClaim, orderOfClaim } from './commands/decide-claim.ts';
import { claimState } from './domain/claim-state.ts';
import { pointsClaimsList } from './lists.ts';
import { visibleClaims } from './queries/find-claim.ts';

export const claimQueries = {
  pointsClaims: (_, args, { database, keys, caller, clock }) =>
    readPage(pointsClaimsList, {
      reader: database.reader,
      cursorKey: keys.cursor,
      args,
      visible: visibleClaims(caller),
      parameters: { now: clock.now().getTime() },
    }),
} satisfies Resolvers['Query'];

export const claimMutations = {
  claimPoints: (_, { input }, { run }) => run(claimPoints, input),
  escalateClaim: (_, { input }, { run }) => run(escalateClaim, input),
  acceptClaim: (_, { input }, context) => acceptAndPost(context, input),
  declineClaim: (_, { input }, { run }) => run(declineClaim, input),
} satisfies Resolvers['Mutation'];

/** Accepts a claim, then has the points of its order posted. */
async function acceptAndPost(context: Context, input: AcceptClaimInput) {
  const claim = await context.loaders.claimById.load(input.claimId);
  // The command is going to refuse, so nobody is asked.
  const isOwn = claim !== null && actsForMerchant(context.caller, claim.merchantId);
  const order = isOwn ? orderOfClaim(claim, input) : null;
  const asked = order === null ? null : await askBefore(context, order);
  const outcome = await context.run(acceptClaimOf(asked), input);
  if (outcome.kind === 'ClaimDecided' && outcome.purchaseId !== null) {
    await context.services.poster.postOrLeave([outcome.purchaseId], context);
  }
  return outcome;
}

const claimOf = async (
  { claimId }: Readonly<{ claimId: string }>,
  _: unknown,
  { loaders }: Context,
) => present(await loaders.claimById.load(claimId));

export const claimTypes = {
  PointsClaim: {
    merchant: ({ merchantId }, _, { loaders }) => loaders.merchantById.load(merchantId),
    member: ({ memberId }) => ({ id: memberId }),
    state: (claim, _, { clock }) => claimState(claim, clock.now()),
    purchase: ({ purchaseId }, _, { loaders }) =>
      purchaseId === null ? null : loaders.purchaseById.load(purchaseId),
  },
  PointsClaimed: { claim: claimOf },
  ClaimDecided: { claim: claimOf },
  OrderRecorded: {
    purchase: ({ parameters: { purchaseId } }, _, { loaders }) =>
      loaders.purchaseById.load(String(purchaseId)),
  },
} satisfies Partial<Resolvers>;
