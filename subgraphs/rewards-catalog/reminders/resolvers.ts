import { addDays, isoDay } from '../../../shared/calendar.ts';
import { actsForMember } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import type { Resolvers } from '../schema.generated.ts';
import { remindersOf } from './queries/reminders-of.ts';
import { sentence } from './wording.ts';

export const remindersOfMember = {
  reminders({ id }, _, context) {
    if (!actsForMember(context.caller, id)) throw fault('FORBIDDEN');
    return remindersOf(context, id);
  },
} satisfies Resolvers['Member'];

export const reminderTypes = {
  Reminder: {
    at: ({ madeAt }) => madeAt,
    reward: ({ rewardId }, _, { loaders }) =>
      rewardId === null ? null : loaders.rewardById.load(rewardId),
    issuer: ({ issuerId }) => (issuerId === null ? null : { id: issuerId }),
    expiresOn: ({ expiresOn }) => (expiresOn === null ? null : isoDay(expiresOn)),
    async message({ kind, points, rewardId, expiresOn }, _, { loaders, locale }) {
      const reward = rewardId === null ? null : await loaders.rewardById.load(rewardId);
      const title = (locale === 'zh-CN' ? reward?.titleZh : reward?.titleEn) ?? '';
      const day = expiresOn === null ? '' : isoDay(addDays(expiresOn, -1));
      return sentence(`REMINDER_${kind}`, locale, { points, title, day });
    },
  },
} satisfies Partial<Resolvers>;
