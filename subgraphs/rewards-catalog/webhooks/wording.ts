import type { Wording } from '../../../shared/graphql/wording.ts';

/** What there is to say about webhooks. */
export const webhookWording: Wording = {
  WEBHOOKS_FOR_OWNERS: {
    en: 'Webhooks are for the owners of the merchant. Ask one of them.',
    'zh-CN': 'Webhook 仅限商家负责人管理，请联系负责人操作。',
  },
  WEBHOOK_URL_NOT_USABLE: {
    en: 'Give an https:// address of at most {max, number} characters, without user, password and fragment.',
    'zh-CN': '请填写 https:// 地址，不超过 {max, number} 个字符，不得含用户名、密码及片段（#）。',
  },
  WEBHOOK_KINDS_NOT_USABLE: {
    en: 'Name at least one kind of event, each once.',
    'zh-CN': '请至少选择一种事件，每种只写一次。',
  },
  TOO_MANY_WEBHOOKS: {
    en: 'A merchant has at most {max} webhooks. Remove one first.',
    'zh-CN': '每个商家至多 {max} 个 Webhook，请先移除一个。',
  },
  WEBHOOK_NOT_FOUND: {
    en: 'This merchant has no webhook with this id.',
    'zh-CN': '该商家没有此编号的 Webhook。',
  },
  DELIVERY_NOT_FOUND: {
    en: 'This webhook has no delivery with this id.',
    'zh-CN': '该 Webhook 没有此编号的投递记录。',
  },
  OVERLAP_NOT_USABLE: {
    en: 'Both secrets sign for 0 to {max} hours.',
    'zh-CN': '新旧密钥并用的时间须为 0 至 {max} 小时。',
  },
  REPLAY_WHAT: {
    en: 'Say either which delivery is to be sent again, or since when.',
    'zh-CN': '请在某一次投递与起始时间之间选填一项。',
  },
  REPLAY_TOO_MANY: {
    en: 'These are {deliveries, number} deliveries; at most {max, number} are sent again at once. Choose a later instant.',
    'zh-CN':
      '共 {deliveries, number} 次投递，一次至多重发 {max, number} 次，请选择更晚的起始时间。',
  },
  WEBHOOK_NOT_ACTIVE: {
    en: 'This webhook is switched off. Enable it first.',
    'zh-CN': '该 Webhook 已停用，请先启用。',
  },
  WEBHOOK_FAILING: {
    en: 'Nothing has got through since {since}. See the deliveries for why. It is switched off when that lasts for three days.',
    'zh-CN': '自 {since} 起没有任何投递成功，原因请见投递记录。持续三天将自动停用。',
  },
  WEBHOOK_NOTHING_GETS_THROUGH: {
    en: 'It was switched off because nothing got through for three days. Mend the receiver, then enable it and replay what it missed.',
    'zh-CN': '因连续三天没有任何投递成功，已自动停用。请修复接收端后重新启用，并重发遗漏的事件。',
  },
  WEBHOOK_GONE: {
    en: 'It was switched off because the receiver answered 410: it wants nothing any more. Enable it if that is not so.',
    'zh-CN': '因接收端返回 410（不再接收），已自动停用。如有误，请重新启用。',
  },
};
