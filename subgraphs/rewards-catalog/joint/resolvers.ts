import { seesMember } from '../../../shared/graphql/caller.ts';
import type { Resolvers } from '../schema.generated.ts';

/** Who pays is nobody's business but hers: not that of the merchant. */
export const jointOfRedemption = {
  payment: ({ memberId, payment }, _, { caller }) =>
    seesMember(caller, memberId) ? payment : null,
} satisfies Resolvers['Redemption'];
