import { seesMerchant } from '../../../shared/graphql/caller.ts';
import type { Context } from '../context.ts';
import type { PurchaseRow } from '../entities/purchase.ts';
import { present } from '../present.ts';
import type { Resolvers } from '../schema.generated.ts';
import {
  cancelAndPost,
  correctAndPost,
  recordEventAndPost,
  upgradeAndPost,
} from './around-commands.ts';
import { claimMutations, claimQueries, claimTypes } from './claim-resolvers.ts';
import { holdMutations, holdQueries, holdTypes } from './hold-resolvers.ts';
import { returnsOfPurchase, returnTypes } from './return-resolvers.ts';

export const orderQueries = { ...claimQueries, ...holdQueries } satisfies Resolvers['Query'];

export const orderMutations = {
  ...claimMutations,
  ...holdMutations,
  recordPurchaseEvent: (_, { input }, context) => recordEventAndPost(context, input),
  cancelPurchase: (_, { input }, context) => cancelAndPost(context, input),
  upgradePurchase: (_, { input }, context) => upgradeAndPost(context, input),
  correctPurchase: (_, { input }, context) => correctAndPost(context, input),
} satisfies Resolvers['Mutation'];

/** What became of a purchase. Who sees the purchase sees it. */
export const orderOfPurchase = {
  status: async ({ id }, _, { loaders }) =>
    (await loaders.cancellationByPurchase.load(id)) === null ? 'RECORDED' : 'CANCELLED',
  cancellation: ({ id }, _, { loaders }) => loaders.cancellationByPurchase.load(id),
  amendments: ({ id }, _, { loaders }) => loaders.amendmentsByPurchase.load(id),
  vestingHold: ({ id }, _, { loaders }) => loaders.holdByPurchase.load(id),
  events: ({ id }, _, { loaders }) => loaders.eventsByPurchase.load(id),
  ...returnsOfPurchase,
} satisfies Resolvers['Purchase'];

type OfPurchase = Readonly<{ purchaseId: string }>;

const purchaseOf = async (
  { purchaseId }: OfPurchase,
  _: unknown,
  { loaders }: Context,
): Promise<PurchaseRow> => present(await loaders.purchaseById.load(purchaseId));

/** Members are told what was done and why, and not by whom of the staff. */
async function byWhom(context: Context, row: OfPurchase, subject: string): Promise<string | null> {
  const { merchantId } = await purchaseOf(row, null, context);
  return seesMerchant(context.caller, merchantId) ? subject : null;
}

export const orderTypes = {
  ...claimTypes,
  ...holdTypes,
  ...returnTypes,
  PurchaseCancellation: {
    cancelledBy: (row, _, context) => byWhom(context, row, row.cancelledBy),
  },
  PurchaseAmendment: {
    linesBefore: ({ linesBefore }) => [...linesBefore],
    linesAfter: ({ linesAfter }) => [...linesAfter],
    difference: async (row, _, context) => ({
      amountMinor: row.differenceMinor,
      currency: (await purchaseOf(row, null, context)).currency,
    }),
    amendedBy: (row, _, context) => byWhom(context, row, row.amendedBy),
  },
  PurchaseEventRecorded: { purchase: purchaseOf },
  PurchaseWasCancelled: { purchase: purchaseOf },
  PurchaseAmended: {
    purchase: purchaseOf,
    amendment: async ({ amendmentId }, _, { loaders }) =>
      present(await loaders.amendmentById.load(amendmentId)),
  },
} satisfies Partial<Resolvers>;
