import type { Wording } from '../../../shared/graphql/wording.ts';

/** What the catalogue may have to say of offers. */
export const offerWording: Wording = {
  GREEN_SHARE_LOW: {
    en: 'Of {all, number} rewards in the green section {green, number} are covered by a good certificate; at least {least, number} % should be. Have more of them covered (extendGreenCertificate), or move others to another category.',
    'zh-CN':
      '绿色专区共 {all, number} 项权益，其中 {green, number} 项在有效证书的范围内，应不低于 {least, number}%。请将更多权益纳入证书范围（extendGreenCertificate），或将其他权益移出专区。',
  },
  UPGRADED_ORDER_CANCELLED: {
    en: 'The order that it belonged to was cancelled.',
    'zh-CN': '其所属的订单已取消。',
  },
  UPGRADED_ORDER_RETURNED: {
    en: 'What it belonged to of the order was given back.',
    'zh-CN': '其所属订单中的相应商品已退回。',
  },
  SLOT_NOT_ON_WEEKDAY: {
    en: '{field} is on a day of the week that weekdays leaves out. Leave out the slot, or name its day.',
    'zh-CN': '{field} 所在的星期不在 weekdays 之内，请去掉该时段，或加上该星期。',
  },
  SLOT_AFTER_STAY: {
    en: 'The use of this order ends on {day}, before that time is over. Choose an earlier one.',
    'zh-CN': '该订单使用至 {day}，所选时段在其后结束，请选择更早的时段。',
  },
  FACE_ABOVE_PRICE: {
    en: '{field} is more than cashPrice ({minor} in the smallest unit of {currency}). State what it is worth as its cash price.',
    'zh-CN': '{field} 高于 cashPrice（{currency} 最小单位 {minor}）。请按其实际价值填写现金价。',
  },
  CURRENCY_NOT_OF_CONTRACT: {
    en: '{field} is not in the currency of the contract of this merchant ({currency}), so nobody could tell what its points are worth.',
    'zh-CN': '{field} 与该商家合同币种（{currency}）不一致，无法判断积分价值。',
  },
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
  NUMBER_OUT_OF_RANGE: {
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
  SELLER_NOT_NAMED: {
    en: '{field} is missing: sellerCode says whose code it is. Name the seller, or leave both out when it is the merchant.',
    'zh-CN': '缺少 {field}：填写 sellerCode 时须写明销售者；由商家自己销售时两项都不填。',
  },
  SELLER_NOT_IDENTIFIED: {
    en: '{field} is missing or is no unified social credit code of 18 signs. A seller other than the merchant is named with the code of its registration, so that members know who answers for the reward.',
    'zh-CN':
      '缺少 {field}，或不是有效的 18 位统一社会信用代码。由其他销售者提供的权益须写明其登记代码，使会员知道由谁负责。',
  },
  BRAND_NOT_NAMED: {
    en: '{field} is missing: an authorisation says which brand it is for.',
    'zh-CN': '缺少 {field}：填写授权时须写明品牌。',
  },
  BRAND_AUTHORISATION_OVER: {
    en: '{field} is past. Nothing is offered under a brand whose authorisation has ended.',
    'zh-CN': '{field} 已过。授权到期的品牌不能刊登。',
  },
  OFFERED_LONGER_THAN_AUTHORISED: {
    en: '{field} must be said, and not be later than the end of {day} in China: that is how long the brand is authorised.',
    'zh-CN': '请填写 {field}，且不晚于北京时间 {day} 结束：品牌授权到该日为止。',
  },
  WINDOW_NOT_USABLE: {
    en: '{field} must be still to come, and after offeredFrom.',
    'zh-CN': '{field} 须晚于当前时间，并晚于 offeredFrom。',
  },
  REGIONS_NOT_USABLE: {
    en: '{field}: name 1 to {max} regions by their codes of six digits, such as 310000, each once. Leave it out for everywhere.',
    'zh-CN':
      '{field} 请填写 1 至 {max} 个六位行政区划代码（如 310000），不得重复；不限地区请留空。',
  },
  CASH_PART_NOT_USABLE: {
    en: '{field} must be a part of cashPrice: in its currency, at least 1 and less than it.',
    'zh-CN': '{field} 须为 cashPrice 的一部分：币种相同，不少于 1 且低于现金价。',
  },
  TIER_PRICE_NOT_LOWER: {
    en: '{field} must be lower than the price for all.',
    'zh-CN': '{field} 须低于所有会员适用的价格。',
  },
  TIER_TWICE: {
    en: '{field} names a tier twice.',
    'zh-CN': '{field} 中有重复等级。',
  },
  TIER_NEEDED: {
    en: '{field} is missing: a benefit of a tier says from which tier on.',
    'zh-CN': '缺少 {field}：等级权益须写明最低等级。',
  },
  TIER_UNKNOWN: {
    en: '{field}: there is no such tier. The tiers are {all}.',
    'zh-CN': '{field} 不是有效等级，现有等级为 {all}。',
  },
  OFFER_NOT_YET: {
    en: 'This reward can be redeemed from {time} on (China time). No points were taken.',
    'zh-CN': '该权益自北京时间 {time} 起可兑换，未扣除积分。',
  },
  OFFER_OVER: {
    en: 'This reward could be redeemed until {time} (China time). No points were taken; choose another one.',
    'zh-CN': '该权益的兑换已于北京时间 {time} 截止，未扣除积分，请选择其他权益。',
  },
  TIER_TOO_LOW: {
    en: 'This reward is for members of the tier {tier} and higher ones. Your account says how many points are lacking to that tier. No points were taken.',
    'zh-CN': '该权益仅限 {tier} 及以上等级会员兑换，可在账户中查看距该等级所差的积分。未扣除积分。',
  },
  REGION_NOT_SAID: {
    en: 'This reward can be had in these regions only: {regions}. Say where you want it. No points were taken.',
    'zh-CN': '该权益仅限以下地区：{regions}，请注明使用地区。未扣除积分。',
  },
  REGION_NOT_SERVED: {
    en: 'This reward cannot be had there, only in these regions: {regions}. No points were taken.',
    'zh-CN': '该地区不可兑换，仅限以下地区：{regions}。未扣除积分。',
  },
  UPGRADE_ORDER_NEEDED: {
    en: 'This reward makes an order better. Name the order. No points were taken.',
    'zh-CN': '该权益用于升级订单，请注明订单。未扣除积分。',
  },
  STAY_ORDER_NEEDED: {
    en: 'This reward is had while an order is used, such as during a stay. Name the order. No points were taken.',
    'zh-CN': '该权益仅限订单使用期间（如入住期间）兑换，请注明订单。未扣除积分。',
  },
  ORDER_NOT_USED: {
    en: 'Nothing in this order that you keep {isAny, select, true {has days of use} other {is one of these with days of use: {skus}}}. Choose another order. No points were taken.',
    'zh-CN':
      '该订单中{isAny, select, true {没有带使用日期的商品} other {没有以下带使用日期的商品：{skus}}}，请选择其他订单。未扣除积分。',
  },
  STAY_NOT_YET: {
    en: 'It can be had from {day} on, when the use of this order begins. No points were taken.',
    'zh-CN': '该订单自 {day} 起使用，届时可以兑换。未扣除积分。',
  },
  STAY_OVER: {
    en: 'The use of this order ended with {day}. Choose another order. No points were taken.',
    'zh-CN': '该订单的使用已于 {day} 结束，请选择其他订单。未扣除积分。',
  },
  DURING_ORDER_NOT_FOR_THIS: {
    en: '{field} does not fit points at the till: there is no order yet. Leave it out.',
    'zh-CN': '{field} 不适用于收银台积分抵扣：此时尚无订单，请删除该项。',
  },
  ORDER_NOT_HERS: {
    en: 'You have no such order at this merchant. Take the order from your list. No points were taken.',
    'zh-CN': '您在该商家没有此订单，请从订单列表中选择。未扣除积分。',
  },
  ORDER_CANCELLED: {
    en: 'This order is cancelled. Choose another one. No points were taken.',
    'zh-CN': '该订单已取消，请选择其他订单。未扣除积分。',
  },
  ORDER_WITHOUT_IT: {
    en: 'There are not so many of these in the order: {skus}. Choose another order, or fewer. No points were taken.',
    'zh-CN': '订单中可升级的商品（{skus}）数量不足，请选择其他订单或减少数量。未扣除积分。',
  },
  ORDER_TOO_OLD: {
    en: 'An order can be made better within {days} days. Choose a newer one. No points were taken.',
    'zh-CN': '订单须在 {days} 天内升级，请选择较新的订单。未扣除积分。',
  },
  ORDER_UPGRADED: {
    en: 'Of this order {limit} can be made better, and {taken} are already. Choose another order. No points were taken.',
    'zh-CN': '该订单最多可升级 {limit} 件，已升级 {taken} 件，请选择其他订单。未扣除积分。',
  },
  ORDER_NOT_FOR_THIS: {
    en: '{field}: this reward belongs to no order. Leave it out.',
    'zh-CN': '{field} 不适用：该权益不属于任何订单，请删除该项。',
  },
  LIMIT_IN_ALL: {
    en: 'Each member can have {limit} of this reward, and you have had {taken}. No points were taken; ask for fewer or choose another one.',
    'zh-CN':
      '该权益每人限兑 {limit} 份，您已兑换 {taken} 份。未扣除积分，请减少数量或选择其他权益。',
  },
  LIMIT_PER_DAY: {
    en: 'Each member can have {limit} of this reward in a day, and you have had {taken} today. Ask again from {time} on (China time). No points were taken.',
    'zh-CN':
      '该权益每人每日限兑 {limit} 份，您今日已兑换 {taken} 份，请于北京时间 {time} 后再试。未扣除积分。',
  },
  SLOT_NEEDED: {
    en: '{field} is missing: this reward is booked. Choose one of its slots.',
    'zh-CN': '缺少 {field}：该权益需预约，请选择时段。',
  },
  SLOT_NOT_FOR_THIS: {
    en: '{field}: this reward is not booked. Leave it out.',
    'zh-CN': '{field} 不适用：该权益无需预约，请删除该项。',
  },
  SLOT_NOT_THERE: {
    en: 'This reward has no such slot. Choose one of those that are free. No points were taken.',
    'zh-CN': '该权益没有此时段，请从可预约时段中选择。未扣除积分。',
  },
  SLOT_OVER: {
    en: 'This slot has begun already. Choose one of those that are free. No points were taken.',
    'zh-CN': '该时段已开始，请选择其他可预约时段。未扣除积分。',
  },
  SLOT_FULL: {
    en: 'There are not so many free in this slot. Choose one of those that are free, or fewer. No points were taken.',
    'zh-CN': '该时段余量不足，请选择其他可预约时段或减少数量。未扣除积分。',
  },
  PRICE_CHANGED: {
    en: 'It was to cost {quotedPoints, number} points and costs {points, number} now. No points were taken; ask for a new quote.',
    'zh-CN':
      '报价为 {quotedPoints, number} 积分，现价为 {points, number} 积分。未扣除积分，请重新获取报价。',
  },
  QUOTE_NOT_USABLE: {
    en: '{field} is not of a quote for this member, reward and quantity. Ask for a new quote.',
    'zh-CN': '{field} 与该会员、权益及数量的报价不符，请重新获取报价。',
  },
  SEARCH_NOT_USABLE: {
    en: 'Search for 1 to 12 words, with 200 signs at most.',
    'zh-CN': '请输入 1 至 12 个搜索词，最多 200 字。',
  },
  REGION_NOT_USABLE: {
    en: 'A region is a code of six digits, such as 440300.',
    'zh-CN': '地区须为六位行政区划代码，例如 440300。',
  },
};
