import {
  type Locale,
  type Parameters,
  type Wording,
  word,
} from '../../../shared/graphql/wording.ts';

/** The sentences of reminders. */
export const reminderWording: Wording = {
  REMINDER_IDLE: {
    en: 'You have {points, number} points that you have not used for 90 days. They are enough for “{title}”.',
    'zh-CN': '您有 {points, number} 积分已 90 天未使用，足够兑换“{title}”。',
  },
  REMINDER_EXPIRING: {
    en: '{points, number} points of yours are good until the end of {day}.',
    'zh-CN': '您有 {points, number} 积分可用至 {day} 结束。',
  },
};

/** A sentence of this area. */
export const sentence = (code: string, locale: Locale, parameters: Parameters): string =>
  word(reminderWording, code, locale, parameters);
