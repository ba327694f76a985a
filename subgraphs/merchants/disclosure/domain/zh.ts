import { type Day, isoDay } from '../../../../shared/calendar.ts';
import { DISTANCE_DAYS } from '../../orders/domain/return-window.ts';
import type { Rate } from '../../rules/domain/terms.ts';
import { clockText, grouped, moneyText, partsOf, spoken } from './figures.ts';
import type { Phrases } from './phrases.ts';

const money = (minor: number, currency: string): string => moneyText(minor, currency, 'zh-CN');

const dayText = (day: Day): string => {
  const [year, month, date] = isoDay(day).split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

const timeText = (instant: Date): string => {
  const { year, month, day, time } = partsOf(instant);
  return `${year}年${month}月${day}日 ${time}`;
};

const rateText = (rate: Rate): string => {
  const { points, minor, currency } = spoken(rate);
  return `每消费 ${money(minor, currency)}积 ${grouped(points)} 分`;
};

const WEEKDAYS = '一二三四五六日';

const EVENTS: Readonly<Record<string, string>> = {
  DELIVERED: '商品签收',
  TRIP_COMPLETED: '行程结束',
  STAY_COMPLETED: '离店',
  RETURN_PERIOD_OVER: '退货期结束',
};

export const zh: Phrases = {
  language: 'zh-CN',
  pick: ({ zh: text }) => text,
  headings: {
    summary: '要点',
    issuer: '谁发放积分',
    earn: '怎样获得积分',
    counts: '哪些消费计入',
    caps: '最多能积多少',
    vesting: '何时可以使用',
    expiry: '有效期',
    prices: '会员等级价',
    use: '怎样使用',
    limits: '使用限制',
    transfer: '能否转让',
    returns: '退货时怎样处理',
    changes: '与上一版相比',
    terms: '其他约定',
    complaints: '疑问与投诉',
    nature: '积分是什么',
    version: '版本与日期',
  },
  named: (rule, sentences) => `${rule}：${sentences.join('')}`,
  documentTitle: (programme, rule) =>
    programme === rule ? `${programme}：积分规则` : `${programme}：${rule}`,
  programmeTitle: (programme, merchant) => `${programme}（${merchant}）：现行全部规则`,
  issuer: (issuer, merchant) =>
    issuer === merchant
      ? `积分由${issuer}发放，并由其承担兑付。`
      : `您在${merchant}消费或参与，积分由${issuer}发放，并由其承担兑付。`,
  occasion: {
    PURCHASE: '每笔符合条件的订单',
    LECTURE: '每参加一次讲座',
    SURVEY: '每完成一份问卷',
    SUGGESTION: '每提出一条建议',
    GREEN_ACT: '每完成一次登记在册的绿色行为',
    BIRTHDAY: '每逢生日',
    REFERRAL: '每邀请一位新会员',
    REGISTRATION: '注册成为会员',
    APPRECIATION: '期末答谢',
    INCIDENT: '因服务出现问题而致歉',
    CARD_ISSUED: '办理银行卡',
    TIME_PASSED: '每经过一段时间',
  },
  rate: (rate) => `${rateText(rate)}。`,
  rounding: '按整笔订单中计入的金额合计精确计算，最后不足 1 分的部分舍去。',
  rateExample: (minor, currency, points) =>
    `例如：计入的金额合计 ${money(minor, currency)}，积 ${grouped(points)} 分。`,
  goesFirst: '符合本规则的商品按本规则积分，不再按平常的比例重复积分。',
  multiplier: (factor) => `符合条件的商品，积分为平常的 ${factor} 倍；增加的部分不足 1 分的舍去。`,
  multiplierExample: (usual, more) =>
    `例如：平常积 ${grouped(usual)} 分的商品，另加 ${grouped(more)} 分，共 ${grouped(usual + more)} 分。`,
  shared: (most) =>
    `期间结束后，由期间内获得过积分的会员分享固定预算，每人最多 ${grouped(most)} 分。`,
  fixed: (points, occasion) => `${occasion}，积 ${grouped(points)} 分。`,
  weights: (shares) =>
    `不同等级的会员按以下比例分享：${shares.map(([tier, weight]) => `${tier} ${grouped(weight)}`).join('、')}。`,
  grouped: '同时符合同一组的其他奖励时，只给对您最有利的一项；与组外的奖励可以同时获得。',
  anyAnswer: '无论您怎样回答，积分都一样。',
  qualifyingNone: '这些积分不计入会员等级。',
  qualifyingSame: '获得的积分同时计入会员等级。',
  qualifying: (rate) => `会员等级按${rateText(rate)}另行计算，用于等级的分数不能兑换。`,
  referral: (invitees, points) =>
    `邀请满 ${grouped(invitees)} 位新会员起，每位积 ${grouped(points)} 分。`,
  invitee: (points) => `被邀请的新会员积 ${grouped(points)} 分。`,
  inviting: (perMonth) =>
    `每位新会员只计一次，在其首单退货期满后发放，每个自然月最多计 ${grouped(perMonth)} 位，与其消费金额无关。`,
  lottery: (prize, fee) =>
    `参加抽奖，最高奖项价值 ${money(prize, 'CNY')}；${fee === 0 ? '参加免费' : `参加费用 ${money(fee, 'CNY')}`}。`,
  odds: (odds) => `中奖概率为 ${odds}。`,
  everything: '本商家的全部商品和服务都计入。',
  paidAmount: '只计您实际支付的金额；退回的商品不计入。',
  restrictedTo: (list, values) => {
    const names = {
      categories: '只计以下类别的商品',
      skus: '只计以下货号的商品',
      stores: '只限以下门店',
      channels: '只限以下渠道',
      regions: '只限以下地区',
      paymentInstruments: '只限以下支付方式',
      tiers: '只限以下等级的会员',
      behaviours: '只计以下绿色行为',
      projects: '只计以下项目',
    };
    return `${names[list]}：${values.join('、')}。`;
  },
  quoted: (code) => `“${code}”`,
  green: (isGreen) => (isGreen ? '只计有有效绿色认证的商品。' : '有绿色认证的商品不计入。'),
  weekdays: (days) =>
    `只限星期${days
      .toSorted((a, b) => a - b)
      .map((day) => WEEKDAYS[day - 1])
      .join('、')}。`,
  hours: (from, until) =>
    `只限每天 ${clockText(from)} 至${until < from ? '次日' : ''} ${clockText(until)}。`,
  period: (from, until) =>
    `期间自北京时间 ${timeText(from)} 起，至北京时间 ${timeText(until)} 止。`,
  from: (instant) => `自北京时间 ${timeText(instant)} 起。`,
  until: (instant) => `至北京时间 ${timeText(instant)} 止。`,
  minimum: (minor, currency) => `符合条件的商品合计满 ${money(minor, currency)}才积分。`,
  otherwiseUsual: '其他商品仍按平常的规则积分。',
  otherwiseNothing: '除此之外的消费，本规则不积分。',
  cap: (cap, points) => {
    const names = {
      perOrder: '每笔订单最多',
      perMemberPerDay: '每位会员每天最多',
      perMember: '每位会员累计最多',
      budget: '全部会员合计最多',
    };
    return `${names[cap]} ${grouped(points)} 分${cap === 'budget' ? '，发完为止' : ''}。`;
  },
  noCap: '没有上限。',
  atOnce: '积分在记录后即可使用。',
  afterDays: (days) => `积分在记录 ${days} 天后可以使用。`,
  afterDaysExample: (recorded, usable) =>
    `例如：${dayText(recorded)}记录的积分，${dayText(usable)}起可以使用。`,
  onEvent: (event) => `积分在“${EVENTS[event] ?? event}”之后可以使用。`,
  mayWaitLonger: (days) =>
    `订单疑似刷单时，可能最多延后 ${days} 天并说明原因；超过该期限须立案，并听取您的申诉。`,
  months: (months, isMonthEnd) =>
    isMonthEnd
      ? `自获得之日起 ${months} 个月，至该月月底有效。`
      : `自获得之日起 ${months} 个月内有效。`,
  monthsExample: (earned, last) =>
    `例如：${dayText(earned)}获得的积分，最后可用日为${dayText(last)}。`,
  on: (day) => `有效至 ${dayText(day)}（含当日）。`,
  never: '长期有效，不会过期。',
  keptExpiry: '已获得的积分，其有效期不会因规则修改而缩短。',
  useAnywhere: '可在联盟的任一商家兑换其公布的商品、服务和优惠，所需积分以兑换页面为准。',
  useAt: (merchant) => `可兑换${merchant}公布的商品、服务和优惠，所需积分以兑换页面为准。`,
  useScope: (scope) => `这些积分只能用于：${scope}。`,
  firstRedemption: (points) => `累计获得满 ${grouped(points)} 分后，可以首次兑换。`,
  minimumAge: (age) => `年满 ${age} 周岁可以参加；首次积分前须由商家核验一次年龄。`,
  noLimits: '没有其他限制。',
  transfer: ({ transfer, transferees, transfereeWaitDays }) => {
    if (transfer === 'NONE') return '积分不能转让给他人。';
    if (transfer === 'FAMILY') return '积分可以转给同一家庭的成员，不能转让给其他人。';
    const many = transferees === null ? '' : `，最多 ${transferees} 人`;
    const wait = transfereeWaitDays ? `，登记满 ${transfereeWaitDays} 天后可以转让` : '';
    return `积分可以转给您登记的受让人${many}${wait}。`;
  },
  takenBack:
    '商品退回时，扣回因该商品获得的积分，不多扣也不少扣。这些积分已经用掉的，从您的其他积分或以后获得的积分中扣除，不收取现金。',
  goodsBack: (days) =>
    days === 0
      ? '退货依照法律规定办理。'
      : `收到商品后 ${days} 天内可以退货${days < DISTANCE_DAYS ? `，非门店购买的为 ${DISTANCE_DAYS} 天` : ''}；因质量问题依法退换的，不受此限。`,
  lapsed: ({ lapsedLots }) =>
    lapsedLots === 'EXTEND'
      ? '用积分兑换的商品退回时，积分退还给您；其间已过期的积分，延长有效期后退还。'
      : '用积分兑换的商品退回时，积分退还给您；其间已过期的积分不再有效。',
  tierPrice: (tier, part, goods) =>
    `${tier}等级的会员${goods === null ? '' : `购买以下类别的商品：${goods.join('、')}`}，按原价的 ${part.replace(' ', '')} 支付。`,
  priceRounding: '应付金额按一单内适用的全部商品合计，向下舍入一次。',
  samePrice: '所有人支付同样的价格。',
  dearer: (tiers) => `对以下等级的会员，价格高于之前：${tiers.join('、')}。`,
  pricesFrom: (effectiveAt, publishedAt, sentences) =>
    `自北京时间 ${timeText(effectiveAt)} 起（${timeText(publishedAt)} 公布）：${sentences.join('')}`,
  pricesSince: (version, publishedAt, effectiveAt) =>
    `现行价格为第 ${version} 版，北京时间 ${timeText(publishedAt)} 公布，${timeText(effectiveAt)} 起施行。`,
  changesIntro: '以下变化对会员不利，请特别留意：',
  worsening: {
    LOWER_RATE: '积分比例降低。',
    LOWER_FACTOR: '积分倍数降低。',
    FEWER_POINTS: '一次获得的积分减少。',
    OTHER_AWARD: '积分的计算方式改变。',
    STACKS_OTHERWISE: '与其他规则同时适用时的算法改变。',
    OTHER_OCCASION: '获得积分的事由改变。',
    TIGHTER_CONDITION: '获得积分的条件变严。',
    LOWER_CAP: '积分上限降低。',
    LATER_VESTING: '积分可以使用的时间推迟。',
    SHORTER_EXPIRY: '新获得的积分有效期缩短。',
    NARROWER_USE: '积分的用途变窄。',
    FEWER_QUALIFYING: '计入会员等级的分数减少。',
    LESS_FOR_REFERRALS: '邀请奖励减少。',
    WORSE_DRAW: '抽奖条件变差。',
    OTHER_BUDGET_BASIS: '答谢预算的依据改变。',
    TEXT_CHANGED: '使用说明、限制或其他约定的文字改变。',
    NARROWER_TRANSFER: '转让的范围变窄。',
    HARDER_FIRST_USE: '首次兑换的门槛提高。',
    SHORTER_RETURNS: '退货期缩短。',
    LAPSED_STAY_LAPSED: '退还的积分如已过期，不再延长。',
    RULE_ENDS: '规则终止。',
  },
  keptPoints: '此前已获得的积分不受影响，数量、价值和有效期都不变。',
  complain: (merchant) => `请向${merchant}或联盟提出。`,
  nature:
    '积分是发放商家给予的消费优惠，不是货币，不是存款，不是证券，也不是投资；不能兑换现金，不产生利息。',
  version: (name, version) => `第 ${version} 版，编号 ${name}。`,
  publishedAt: (instant) => `公布时间：北京时间 ${timeText(instant)}。`,
  notPublished: '这是草稿，尚未公布。',
  commentUntil: (instant) => `征求意见至：北京时间 ${timeText(instant)}。`,
  effectiveAt: (instant) => `施行时间：北京时间 ${timeText(instant)} 起。`,
};
