import type { Wording } from '../../shared/graphql/wording.ts';
import { clearingWording } from './clearing/wording.ts';

export const wording: Wording = {
  ...clearingWording,
  LEDGER_BUSY: {
    en: 'Too many bookings are waiting. Ask again with the same key in a few seconds.',
    'zh-CN': '记账请求过多，请稍后以相同的键重试。',
  },
};
