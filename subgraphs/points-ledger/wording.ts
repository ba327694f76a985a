import type { Wording } from '../../shared/graphql/wording.ts';
import { caseWording } from './cases/wording.ts';
import { clearingWording } from './clearing/wording.ts';
import { mergeWording } from './merges/wording.ts';
import { programmesWording } from './programmes/wording.ts';
import { sharingWording } from './sharing/wording.ts';

export const wording: Wording = {
  ...caseWording,
  ...clearingWording,
  ...mergeWording,
  ...programmesWording,
  ...sharingWording,
  MERCHANT_UNKNOWN: {
    en: 'There is no merchant with this id. Nothing was changed; check the id, or onboard the merchant first.',
    'zh-CN': '不存在该编号的商家，未作任何更改，请核对编号，或先办理商家入驻。',
  },
  MERCHANTS_UNREACHABLE: {
    en: 'Merchants cannot be looked up at the moment. Ask again with the same key.',
    'zh-CN': '目前无法查询商家，请以相同的键重试。',
  },
  LEDGER_BUSY: {
    en: 'Too many bookings are waiting. Ask again with the same key in a few seconds.',
    'zh-CN': '记账请求过多，请稍后以相同的键重试。',
  },
  POINTS_NOTICE: {
    en: 'Points are a discount granted by the merchants that issued them. They are not money, not a deposit, not a security and not an investment. They cannot be paid out and bear no interest.',
    'zh-CN':
      '积分是发放商家给予的消费优惠，不是货币，不是存款，不是证券，也不是投资；不能兑换现金，不产生利息。',
  },
  TRACE_TOO_LARGE: {
    en: 'This trace would take more than {max, number} entries, steps or ways. Look at the statement instead, which tells every entry page by page; those who see all the books can trace ten times as much.',
    'zh-CN':
      '追溯涉及的分录、步骤或路径超过 {max, number} 条。请查看对账单，可逐页查阅每笔分录；有权查看全部账簿者可追溯十倍的数量。',
  },
};
