import { type Told, toldAs } from './sentences.ts';

/** What is looked at in a reward. */
const rewards: Readonly<Record<string, Told>> = {
  PROHIBITED_CATEGORY: {
    found: ['This may not be exchanged for points: {words}.', '该类商品不得用积分兑换：{words}。'],
    alternative: [
      'Offer goods, services or vouchers that anybody may buy.',
      '请改为一般商品、服务或优惠券。',
    ],
    looksAt: [
      'Tobacco, prescription drugs, securities, lottery tickets, what is like cash, and the like.',
      '烟草、处方药、证券、彩票、类现金等。',
    ],
  },
  PARITY_VIOLATION: {
    found: [
      'For points it is worse than for money: {field, select, slots {times of use} weekdays {days of the week} regions {regions} stores {stores} returnDays {days in which it can be brought back} validDays {days for which it is good} other {after-sales service}}.',
      '积分兑换的条件低于现金购买：{field, select, slots {可用时段} weekdays {可用星期} regions {适用地区} stores {适用门店} returnDays {可退天数} validDays {有效天数} other {售后服务}}。',
    ],
    alternative: [
      'Give the same slots, days, places, returns and after-sales for points as for money.',
      '请使积分兑换与现金购买的时段、日期、地点、退换与售后一致。',
    ],
    looksAt: [
      'Every restriction of an offer for points against the same offer for money.',
      '积分兑换的每项限制与同一商品现金购买的限制。',
    ],
  },
  PRICE_ABOVE_CASH: {
    found: [
      'Points and money together cost more than the {price} yuan that it costs in money.',
      '积分加现金的总价高于现金价 {price} 元。',
    ],
    alternative: ['Lower the points or the money beside them.', '请降低所需积分或现金部分。'],
    looksAt: [
      'Points at their published value plus money against the price in money.',
      '按公布价值计算的积分加现金，与现金价比较。',
    ],
  },
  REWARD_TOO_GENEROUS: {
    found: [
      'With its own rules the merchant would give back {rebate} % of a purchase in points; at most {max} % is allowed.',
      '按商家自己的积分规则，一次消费将返还 {rebate}%，最高不得超过 {max}%。',
    ],
    alternative: [
      'Ask for {least} points or more, or lower the rate first.',
      '请将所需积分设为不少于 {least}，或先降低积分比例。',
    ],
    looksAt: [
      'What a reward is worth for each point, against the rules of the same merchant.',
      '兑换商品的每分价值，与同一商家的积分规则比较。',
    ],
  },
  SELLER_MISSING: {
    found: ['A reward names who sells it and stands for it.', '兑换商品须标明销售者。'],
    alternative: ['Name the seller or supplier.', '请填写销售者或供应商。'],
    looksAt: ['The seller of a reward.', '兑换商品的销售者。'],
  },
};

export const rewardWording = toldAs(rewards);
