import type { Wording } from '../../../shared/graphql/wording.ts';

/** What is to be said about incidents. */
export const incidentWording: Wording = {
  INCIDENT_NOT_FOUND: {
    en: 'There is no incident with this id that you may act on.',
    'zh-CN': '不存在该编号的事件，或您无权处理。',
  },
  REWARD_UNKNOWN: {
    en: 'There is no reward {rewardId}. Nothing was declared; choose rewards from the catalogue.',
    'zh-CN': '不存在编号为 {rewardId} 的权益，未登记事件，请从权益目录中选择。',
  },
  REWARD_OF_OTHER_MERCHANT: {
    en: '{field}: {rewardId} is a reward of another merchant. Each merchant answers for its own.',
    'zh-CN': '{field}：{rewardId} 为其他商家的权益，各商家仅对自己的权益负责。',
  },
  INCIDENT_REWARDS_COUNT: {
    en: '{field}: name 1 to {max} rewards.',
    'zh-CN': '{field} 须包含 1 至 {max} 项权益。',
  },
  INCIDENT_IN_FUTURE: {
    en: '{field} lies in the future. Declare it when it is over.',
    'zh-CN': '{field} 晚于当前时间，请在事件结束后登记。',
  },
  INCIDENT_WINDOW_EMPTY: {
    en: '{field} must be later than the beginning.',
    'zh-CN': '{field} 须晚于开始时间。',
  },
  INCIDENT_WINDOW_TOO_LONG: {
    en: '{field}: an incident lasts at most {max} days. Declare the rest as another one.',
    'zh-CN': '{field}：单个事件最长 {max} 天，其余部分请另行登记。',
  },
  INCIDENT_LISTING: {
    en: 'It is still being found out whom this incident concerned. Ask again in a moment.',
    'zh-CN': '正在统计该事件涉及的会员，请稍后重试。',
  },
  INCIDENT_WITHDRAWN: {
    en: 'This incident was withdrawn. Declare it anew if it took place after all.',
    'zh-CN': '该事件已撤回，如确有发生，请重新登记。',
  },
  NO_REMEDY_PROPOSED: {
    en: 'No remedy has been proposed for this incident. Propose one first.',
    'zh-CN': '该事件尚未提出补救措施，请先提出。',
  },
  REMEDY_APPLIED_ALREADY: {
    en: 'The remedy of this incident was approved already. Each member gets it once.',
    'zh-CN': '该事件的补救措施已获批准，每位会员仅享受一次。',
  },
  REMEDY_CHANGED: {
    en: 'Another remedy was proposed meanwhile. Nothing was approved; look at it, and ask again with its number.',
    'zh-CN': '补救措施在此期间已更改，未作批准，请查看后以新的 proposal 编号重试。',
  },
  REMEDY_SECOND_PERSON: {
    en: 'Who proposed a remedy does not approve of it. Let another person do it.',
    'zh-CN': '补救措施的提出人不得自行批准，请由另一人办理。',
  },
  REMEDY_FIELD_FOREIGN: {
    en: '{field} does not belong to this kind of remedy. Leave it out.',
    'zh-CN': '{field} 不适用于此类补救措施，请留空。',
  },
  REMEDY_NUMBER_OUT_OF_RANGE: {
    en: '{field} must be from {min, number} to {max, number}.',
    'zh-CN': '{field} 须为 {min, number} 至 {max, number}。',
  },
  REMEDY_REWARD_NEEDED: {
    en: '{field}: name the reward that vouchers are to be good for.',
    'zh-CN': '{field}：请指定替代权益。',
  },
  NOBODY_AFFECTED: {
    en: 'This incident concerned nobody, so there is nothing to make good.',
    'zh-CN': '该事件未涉及任何会员，无需补救。',
  },
  NO_VOUCHER_TO_MEND: {
    en: 'All vouchers concerned are used or void. Give a bonus instead.',
    'zh-CN': '涉及的券均已使用或作废，请改为赠送积分。',
  },
  MERCHANT_NOT_ISSUING: {
    en: 'The merchant may not issue points at the moment. Choose a remedy without points.',
    'zh-CN': '该商家目前不能发放积分，请选择不涉及积分的补救措施。',
  },
  REMEDY_ABOVE_COVER: {
    en: 'It takes {points, number} points, and the cover of the merchant allows {coverLeft, number} more. Give fewer, or raise the cover.',
    'zh-CN':
      '共需 {points, number} 积分，商家发行额度仅余 {coverLeft, number} 积分，请减少数量或提高额度。',
  },
  REMEDY_TOO_LARGE: {
    en: 'It comes to more than can be counted. Give less.',
    'zh-CN': '总量超出可计算范围，请减少数量。',
  },
  SUBSTITUTE_SOLD_OUT: {
    en: 'It takes {pieces, number} pieces, and there are fewer in stock. Nothing was changed.',
    'zh-CN': '共需 {pieces, number} 份，替代权益库存不足，未作更改。',
  },
  SUBSTITUTE_AFFECTED: {
    en: 'This reward is one of those concerned. Choose another one.',
    'zh-CN': '该权益本身受此事件影响，请选择其他权益。',
  },
  SUBSTITUTE_OF_DONATION: {
    en: 'A donation is not made good by goods: what was given is owed to the charity. Propose EXTEND or BONUS.',
    'zh-CN': '捐赠不能以商品替代：所捐款项应付给慈善组织。请选择 EXTEND 或 BONUS。',
  },
  SUBSTITUTE_DELISTED: {
    en: 'This reward is not offered any more. Choose another one.',
    'zh-CN': '该权益已下架，请选择其他权益。',
  },
  SUBSTITUTE_NOT_AT_ONCE: {
    en: 'A substitute is a product or a voucher that is good at once, without booking, order or hand-over. Choose another one.',
    'zh-CN': '替代权益须为即时可用的商品或代金券，无需预约、关联订单或另行交付，请选择其他权益。',
  },
  SUBSTITUTE_WORTH_LESS: {
    en: 'The substitute costs {minor, number} in the smallest unit of {currency}, and a reward concerned {leastMinor, number} of {leastCurrency}. Choose one of at least the same price in the same currency.',
    'zh-CN':
      '替代权益价格为 {minor, number}（{currency} 最小单位），低于受影响权益的 {leastMinor, number}（{leastCurrency}），请选择同币种且价格不低于原权益的。',
  },
  REMEDY_NOT_ASSESSED: {
    en: 'What a bonus costs cannot be asked at the moment. Nothing was decided; ask again with the same key.',
    'zh-CN': '暂时无法核算赠送积分的成本，未作决定，请稍后用同一幂等键重试。',
  },
};
