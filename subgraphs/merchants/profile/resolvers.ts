import { hasRole, seesMember } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import type { Locale } from '../../../shared/graphql/wording.ts';
import { amountText } from '../domain/money-text.ts';
import { present } from '../present.ts';
import type { Resolvers } from '../schema.generated.ts';
import { sentence } from '../wording.ts';
import { describeGoods } from './commands/describe-goods.ts';
import { removePreference } from './commands/remove-preference.ts';
import { DAYS, RISING } from './domain/profile.ts';
import type { ProfileRow } from './entities/profile.ts';
import { promotionMutations, promotionQueries, promotionTypes } from './promotion-resolvers.ts';

export const profileQueries = promotionQueries;

export const profileMutations = {
  ...promotionMutations,
  describeGoods: (_, { input }, { run }) => run(describeGoods, input),
  removePreference: (_, { input }, { run }) => run(removePreference, input),
} satisfies Resolvers['Mutation'];

export const profileTypes = {
  ...promotionTypes,
  Member: {
    purchaseProfiles: async ({ id }, _, { caller, loaders }) => {
      const isShown = hasRole(caller, 'OPERATOR', 'SERVICE') || caller.memberId === id;
      if (!isShown) throw fault('FORBIDDEN');
      const [profiled, profiles] = await Promise.all([
        loaders.profiledById.load(id),
        loaders.profilesByMember.load(id),
      ]);
      return profiled === null ? null : profiles;
    },
    invitations: ({ id }, _, { caller, loaders }) =>
      seesMember(caller, id) ? loaders.invitationsByMember.load(id) : null,
  },
  PurchaseProfile: {
    merchant: ({ merchantId }, _, { loaders }) => loaders.merchantById.load(merchantId),
    averageAmount: ({ averageMinor, currency }) => ({ amountMinor: averageMinor, currency }),
    preferences: async ({ memberId, merchantId }, _, { loaders }) => {
      const preferences = await loaders.preferencesByMember.load(memberId);
      return preferences.filter((one) => one.merchantId === merchantId);
    },
    activity: (profile) => profile,
  },
  Preference: { value: ({ preferred }) => preferred },
  PurchaseActivity: {
    recentAmount: ({ recentMinor, currency }) => ({ amountMinor: recentMinor, currency }),
    earlierAmount: ({ earlierMinor, currency }) => ({ amountMinor: earlierMinor, currency }),
    explanation: (profile, _, { locale }) => explained(profile, locale),
  },

  GoodsDescribed: {
    merchant: async ({ merchantId }, _, { loaders }) =>
      present(await loaders.merchantById.load(merchantId)),
  },
  PreferenceRemoved: { member: ({ memberId }) => ({ id: memberId }) },
} satisfies Partial<Resolvers>;

/** Every figure that the answer depends on, and the rule (S25, R19). */
function explained(
  { recentOrders, recentMinor, earlierOrders, earlierMinor, currency }: ProfileRow,
  locale: Locale,
): string {
  return sentence('ACTIVITY_EXPLAINED', locale, {
    days: DAYS.recent,
    least: RISING.ordersLeast,
    recentOrders,
    earlierOrders,
    recent: `${amountText(recentMinor)} ${currency}`,
    earlier: `${amountText(earlierMinor)} ${currency}`,
  });
}
