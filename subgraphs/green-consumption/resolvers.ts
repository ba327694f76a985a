import { dayOf } from '../../shared/calendar.ts';
import { seesMember } from '../../shared/graphql/caller.ts';
import { lawTypes } from '../../shared/graphql/law.ts';
import { withoutClaimed } from './acts/queries/without-claimed.ts';
import { actMutations, actQueries, actTypes } from './acts/resolvers.ts';
import {
  certificateMutations,
  certificateQueries,
  certificateTypes,
} from './certificates/resolvers.ts';
import { cityMutations, cityQueries, cityTypes } from './city/resolvers.ts';
import { assessPurchase, shownGrams } from './domain/assess.ts';
import { enteredGrams } from './domain/entered.ts';
import { rewardCertificate, rewardSaving } from './domain/reward.ts';
import { factorMutations, factorQueries, factorTypes } from './factors/resolvers.ts';
import { reportOfMember, reportQueries, reportTypes } from './report/resolvers.ts';
import type { Resolvers } from './schema.generated.ts';

export const resolvers: Resolvers = {
  ...actTypes,
  ...cityTypes,
  ...factorTypes,
  ...reportTypes,
  ...certificateTypes,

  Query: {
    ...actQueries,
    ...cityQueries,
    ...factorQueries,
    ...reportQueries,
    ...certificateQueries,
  },

  Mutation: {
    ...actMutations,
    ...cityMutations,
    ...factorMutations,
    ...certificateMutations,
  },

  Member: {
    ...reportOfMember,
    carbonGrams: async ({ id }, _, { caller, loaders }) =>
      seesMember(caller, id) ? ((await loaders.gramsByMember.load(id))?.grams ?? 0) : null,
  },

  Purchase: {
    green: async ({ id, merchant, orderNumber, purchasedAt, lines }, _, { loaders }) => {
      if (!merchant || !purchasedAt || !lines) return null;
      const numbers = lines.flatMap(({ certificateNumber }) => certificateNumber || []);
      const found = await Promise.all(numbers.map((one) => loaders.certificateByNumber.load(one)));
      const known = new Map(found.flatMap((one) => (one === null ? [] : [[one.number, one]])));
      const purchase = { merchantId: merchant.id, day: dayOf(new Date(purchasedAt)), lines };
      const factors = await loaders.factors();
      const assessed = assessPurchase(purchase, (number) => known.get(number) ?? null, factors);
      return {
        lines: await withoutClaimed(
          loaders,
          { purchaseId: id, merchantId: merchant.id, orderNumber },
          assessed,
        ),
      };
    },
  },

  ...lawTypes,

  PurchaseAssessment: {
    carbonGrams: ({ lines }) => shownGrams(lines.flatMap(({ savings }) => savings)),
    lines: ({ lines }) => [...lines],
  },

  LineAssessment: {
    isCertified: ({ reason }) => reason === null,
    carbonGrams: ({ savings }) => shownGrams(savings),
    factorVersion: ({ savings }) =>
      savings.map(({ factor }) => `${factor.code}/${factor.version}`).join(', ') || null,
  },

  Reward: {
    green: async ({ id, merchant }, _, { loaders, clock }) => {
      if (!merchant) return null;
      const today = dayOf(clock.now());
      const factors = await loaders.factors();
      const certificates = await loaders.certificatesByReward.load(id);
      const certificate = rewardCertificate(
        certificates,
        { merchantId: merchant.id, day: today },
        factors,
      );
      if (certificate === null) return null;
      const saving = rewardSaving(certificate, { day: today, quantity: 1 }, factors);
      return { certificate, carbonGrams: shownGrams(saving === null ? [] : [saving]) };
    },
  },

  RewardGreen: { label: ({ certificate }) => certificate.label },

  Redemption: {
    carbonGrams: async ({ id, status, reward, completedAt, ...pieces }, _, { loaders }) => {
      if (!reward || !pieces.quantity || !completedAt) return null;
      const quantity = pieces.quantity - (pieces.returnedQuantity ?? 0);
      if (status !== 'COMPLETED' || quantity <= 0) return 0;
      const factors = await loaders.factors();
      const entries = await loaders.entriesByOrigin.load(`redemption:${id}`);
      // What is in the account is what it saved; nothing of it is while it has only just been completed.
      const entered = enteredGrams(entries, { cause: `redemption:${id}`, quantity }, factors);
      if (entered !== null) return entered;
      const known = new Date(completedAt);
      const certificates = await loaders.certificatesByReward.load(reward.id);
      const day = dayOf(known);
      const certificate = rewardCertificate(
        certificates.filter(({ registeredAt }) => registeredAt <= known),
        { merchantId: reward.merchant?.id ?? '', day },
        factors,
      );
      const saving = certificate && rewardSaving(certificate, { day, quantity }, factors);
      return shownGrams(saving ? [saving] : []);
    },
  },
};
