import { isoDay } from '../../../shared/calendar.ts';
import type { Locale } from '../../../shared/graphql/wording.ts';
import type { Resolvers } from '../schema.generated.ts';
import { cashPartOf } from './domain/price.ts';
import { affordabilityOf, meansOf } from './queries/means.ts';

const inLanguage = ({ zh, en }: Readonly<{ zh: string; en: string }>, locale: Locale): string =>
  locale === 'zh-CN' ? zh : en;

/** What a reward is beside its title and price. */
export const offerOfReward = {
  details: ({ details }) => details,
  slots: async ({ id }, _, { loaders, clock }) =>
    (await loaders.slotsByReward.load(id)).filter(({ from }) => from > clock.now()),
  async affordability(reward, { memberId }, context) {
    const member = memberId ?? context.caller.memberId;
    if (member === null) return null;
    const means = await meansOf(context, member);
    const tierPrices =
      reward.leastPoints < reward.points
        ? await context.loaders.tierPricesByReward.load(reward.id)
        : [];
    return affordabilityOf(reward, tierPrices, means);
  },
  brandAuthorisation: ({ brandAuthorisation: of }) => of && { ...of, until: isoDay(of.until) },
  duringOrder: ({ duringOrder }) => duringOrder && { skus: [...duringOrder.skus] },
  regions: ({ regions }) => regions && [...regions],
  cashPart: (reward) => cashPartOf(reward, 1),
  tierPrices: ({ id, leastPoints, points }, _, { loaders }) =>
    leastPoints < points ? loaders.tierPricesByReward.load(id) : [],
} satisfies Resolvers['Reward'];

/** What a redemption is tied to, and costs beside points. */
export const offerOfRedemption = {
  async slot({ id }, _, { loaders }) {
    const slotId = (await loaders.bookingByRedemption.load(id))?.slotId ?? null;
    return slotId === null ? null : loaders.slotById.load(slotId);
  },
  async purchase({ id }, _, { loaders }) {
    const purchaseId = (await loaders.bookingByRedemption.load(id))?.purchaseId ?? null;
    return purchaseId === null ? null : { id: purchaseId };
  },
  async cashPart({ rewardId, quantity }, _, { loaders }) {
    const reward = await loaders.rewardById.load(rewardId);
    return reward && cashPartOf(reward, quantity);
  },
} satisfies Resolvers['Redemption'];

export const offerTypes = {
  SlotFull: {
    async slots({ parameters: { rewardId, quantity } }, _, { loaders, clock }) {
      const slots = await loaders.slotsByReward.load(String(rewardId));
      return slots.filter(
        ({ from, capacity, taken }) => from > clock.now() && capacity - taken >= Number(quantity),
      );
    },
  },
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
