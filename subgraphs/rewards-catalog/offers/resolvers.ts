import type { Locale } from '../../../shared/graphql/wording.ts';
import type { Resolvers } from '../schema.generated.ts';

const inLanguage = ({ zh, en }: Readonly<{ zh: string; en: string }>, locale: Locale): string =>
  locale === 'zh-CN' ? zh : en;

/** What a reward is beside its title and price. */
export const offerOfReward = {
  details: ({ details }) => details,
  slots: async ({ id }, _, { loaders, clock }) =>
    (await loaders.slotsByReward.load(id)).filter(({ until }) => until > clock.now()),
} satisfies Resolvers['Reward'];

export const offerTypes = {
  RewardSlot: { left: ({ capacity, taken }) => capacity - taken },
  VoucherDetails: {
    categories: ({ categories }) => [...categories],
    skus: ({ skus }) => [...skus],
  },
  UpgradeDetails: { skus: ({ skus }) => [...skus] },
  ChargingDetails: { stations: ({ stations }) => [...stations] },
  DonationDetails: {
    charity: ({ charity }, _, { locale }) => inLanguage(charity, locale),
    project: ({ project }, _, { locale }) => inLanguage(project, locale),
  },
} satisfies Partial<Resolvers>;
