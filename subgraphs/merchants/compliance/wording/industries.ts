import { type Told, toldAs } from './sentences.ts';

const OF_FACT_EN =
  'CONTRACT_MONTHS_DISCLOSED {for how many months a contract binds} POINTS_NIGHTS_EQUAL_PAID_NIGHTS {whether nights for points equal paid nights} TICKET_PARITY {whether tickets for points equal bought ones} MILEAGE_VALIDITY_DISCLOSED {whether members are told how long miles are good} MILEAGE_REFUND_DAYS {in how many days miles of a cancelled flight are back} LARGE_ORDER_MINOR {from which amount on it looks at orders} CARD_PROGRAMME {whether it issues cards}';

const OF_FACT_ZH =
  'CONTRACT_MONTHS_DISCLOSED {是否公示合约期} POINTS_NIGHTS_EQUAL_PAID_NIGHTS {积分房晚是否与付费房晚同等} TICKET_PARITY {积分门票是否与购票同等} MILEAGE_VALIDITY_DISCLOSED {是否公示里程有效期} MILEAGE_REFUND_DAYS {航班取消后几日内退还里程} LARGE_ORDER_MINOR {自何金额起关注大额订单} CARD_PROGRAMME {是否发卡}';

/** What holds for some trades besides. */
const industries: Readonly<Record<string, Told>> = {
  INDUSTRY_FACT_MISSING: {
    found: [
      `The merchant has not stated what its trade has to state: {fact, select, ${OF_FACT_EN} other {{fact}}}.`,
      `商家尚未申报其行业须申报的事项：{fact, select, ${OF_FACT_ZH} other {{fact}}}。`,
    ],
    alternative: ['State it first (stateIndustryFacts).', '请先申报该事项（stateIndustryFacts）。'],
    looksAt: [
      'What banks, telecoms, airlines, railways, scenic spots, hotels and jewellers have to state.',
      '银行、通讯、航空、铁路、景区、酒店、珠宝须申报的事项。',
    ],
  },
  INDUSTRY_DUTY_UNMET: {
    found: [
      'By what the merchant has stated, members do not get what its trade owes them: {fact, select, CONTRACT_MONTHS_DISCLOSED {to be told for how many months a contract binds} POINTS_NIGHTS_EQUAL_PAID_NIGHTS {the same nights for points as for money} TICKET_PARITY {the same tickets for points as for money} MILEAGE_VALIDITY_DISCLOSED {to be told how long miles are good} MILEAGE_REFUND_DAYS {miles of a cancelled flight back within {days} days} other {a look at every order of {yuan} yuan or more}}.',
      '按商家的申报，会员未获得该行业应有的保障：{fact, select, CONTRACT_MONTHS_DISCLOSED {公示合约期} POINTS_NIGHTS_EQUAL_PAID_NIGHTS {积分房晚与付费房晚同等} TICKET_PARITY {积分门票与购票同等} MILEAGE_VALIDITY_DISCLOSED {公示里程有效期} MILEAGE_REFUND_DAYS {航班取消后 {days} 日内退还里程} other {关注 {yuan} 元及以上的订单}}。',
    ],
    alternative: [
      'Grant it, then state it (stateIndustryFacts).',
      '请先落实该保障，再重新申报（stateIndustryFacts）。',
    ],
    looksAt: [
      'What merchants of these trades have stated: contract months told (telecom), nights and tickets for points like paid ones (hotel, scenic spot), term and refund of miles (airline, railway), large orders (jeweller).',
      '上述行业商家的申报：合约期公示（通讯）、积分房晚与门票同等（酒店、景区）、里程有效期与退还（航空、铁路）、大额订单（珠宝）。',
    ],
  },
  INDUSTRY_FACT_UNTOLD: {
    found: [
      '{fact, select, POINTS_PAY_BILLS {Points pay bills, and the rule does not say how many points pay how much.} other {The merchant has stated a limit that members do not read in the rule: “{value}”.}}',
      '{fact, select, POINTS_PAY_BILLS {积分可抵话费，但规则未写明多少积分抵多少金额。} other {商家申报的限制未写入规则：“{value}”。}}',
    ],
    alternative: ['Say it in the rule, in the words that were stated.', '请按申报的文字写入规则。'],
    looksAt: [
      'Seats, days and values that merchants of these trades have stated, against the text of the basic rule.',
      '上述行业商家申报的座位、日期与抵扣比例，与基本规则的文字比较。',
    ],
  },
  BULLION_COUNTS: {
    found: [
      'The merchant sells bullion, and the rule grants points on all that it sells.',
      '商家销售投资金条等，而规则对其全部商品给予积分。',
    ],
    alternative: [
      'Name the categories that count, without bullion.',
      '请列明计分的类别，不含投资金条等。',
    ],
    looksAt: ['Rules of jewellers who sell bullion.', '销售投资金条等的珠宝商的规则。'],
  },
};

export const industryWording = toldAs(industries);
