import type { Wording } from '../../../shared/graphql/wording.ts';

/** What the catalogue may have to say of offers. */
export const offerWording: Wording = {
  DETAILS_MISSING: {
    en: '{field} is missing: a reward of the kind {kind} says {kind, select, SERVICE {when it can be booked, or that it needs no appointment} TICKET {when it can be booked, or that it is good without a slot} UPGRADE {which goods of an order it makes better} BILL_CREDIT {the provider and how much is put to the account} DATA_PACK {carrier, plan and megabytes} EV_CHARGING {the stations and the watt-hours} DONATION {the charity, its registration, its fundraising certificate and the project} TIER_BENEFIT {how many percent it takes off, and of what} other {how much of a bill points may pay}}.',
    'zh-CN':
      '缺少 {field}：{kind} 类权益须写明{kind, select, SERVICE {可预约时段，或注明无需预约} TICKET {可预约时段，或注明不分时段} UPGRADE {可升级订单中的商品} BILL_CREDIT {服务商与到账金额} DATA_PACK {运营商、套餐与流量} EV_CHARGING {充电站与电量} DONATION {慈善组织、登记代码、公开募捐资格证书与项目} TIER_BENEFIT {优惠比例与适用商品} other {积分最多可抵账单的比例}}。',
  },
  DETAILS_NOT_OF_KIND: {
    en: '{field} does not belong to a reward of the kind {kind}. Leave it out, or choose another kind.',
    'zh-CN': '{field} 不适用于 {kind} 类权益，请删除该项或更换类型。',
  },
  SLOTS_OR_NONE: {
    en: '{field}: name slots, or say isWithoutSlots: true; not both.',
    'zh-CN': '{field} 请填写可预约时段，或注明 isWithoutSlots: true，二者选一。',
  },
  SLOT_NOT_USABLE: {
    en: '{field} must be after the beginning of the slot, and still to come.',
    'zh-CN': '{field} 须晚于时段开始时间，且尚未过去。',
  },
  SLOT_TWICE: {
    en: '{field} names a slot twice. Name it once, with its whole capacity.',
    'zh-CN': '{field} 中有重复时段，请只写一次并填写总容量。',
  },
  LIST_EMPTY: {
    en: '{field} is empty. Name one at least.',
    'zh-CN': '{field} 不能为空，请至少填写一项。',
  },
  LIST_TOO_LONG: {
    en: '{field} may have {max} entries at most.',
    'zh-CN': '{field} 最多 {max} 项。',
  },
  OUT_OF_RANGE: {
    en: '{field} must be from 1 to {max}.',
    'zh-CN': '{field} 须为 1 至 {max}。',
  },
  CHARITY_NOT_REGISTERED: {
    en: '{field} is no unified social credit code of 18 signs. Take it from the registration of the charity.',
    'zh-CN': '{field} 不是有效的 18 位统一社会信用代码，请按慈善组织登记证书填写。',
  },
  CHARITY_MAY_NOT_ASK: {
    en: '{field} is missing. Points are given only to a charity with a certificate that it may ask the public for money; choose such a one.',
    'zh-CN': '缺少 {field}。积分只能捐赠给具有公开募捐资格的慈善组织，请选择具备资格的组织。',
  },
};
