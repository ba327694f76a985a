import { type Day, isoDay } from '../../../../shared/calendar.ts';
import { DISTANCE_DAYS } from '../../orders/domain/return-window.ts';
import type { Rate } from '../../rules/domain/terms.ts';
import { clockText, grouped, moneyText, partsOf, spoken } from './figures.ts';
import type { Phrases } from './phrases.ts';

const money = (minor: number, currency: string): string => moneyText(minor, currency, 'en');

const points = (count: number): string => (count === 1 ? '1 point' : `${grouped(count)} points`);

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const dayText = (day: Day): string => {
  const [year = 0, month = 0, date = 0] = isoDay(day).split('-').map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
};

const timeText = (instant: Date): string => {
  const { year, month, day, time } = partsOf(instant);
  return `${day} ${MONTHS[month - 1]} ${year}, ${time} Beijing time`;
};

const rateText = (rate: Rate): string => {
  const said = spoken(rate);
  const isOneYuan = said.currency === 'CNY' && said.minor === 100;
  return `${points(said.points)} for every ${isOneYuan ? 'yuan' : money(said.minor, said.currency)} you spend`;
};

const WEEKDAYS = [
  'Mondays',
  'Tuesdays',
  'Wednesdays',
  'Thursdays',
  'Fridays',
  'Saturdays',
  'Sundays',
];

const EVENTS: Readonly<Record<string, string>> = {
  DELIVERED: 'the goods are delivered',
  TRIP_COMPLETED: 'the trip is over',
  STAY_COMPLETED: 'you have checked out',
  RETURN_PERIOD_OVER: 'the time for returns is over',
};

export const en: Phrases = {
  language: 'en',
  pick: ({ en: text }) => text,
  headings: {
    summary: 'In short',
    issuer: 'Who grants the points',
    earn: 'How you earn points',
    counts: 'What counts',
    caps: 'The most you can earn',
    vesting: 'When you can use them',
    expiry: 'How long they are good',
    prices: 'Prices by tier',
    use: 'How you use them',
    limits: 'Limits',
    transfer: 'Giving points to others',
    returns: 'When goods are returned',
    changes: 'What changed since the version before',
    terms: 'Further terms',
    complaints: 'Questions and complaints',
    nature: 'What points are',
    version: 'Version and dates',
  },
  named: (rule, sentences) => `${rule}: ${sentences.join(' ')}`,
  documentTitle: (programme, rule) =>
    programme === rule ? `${programme}: the rules` : `${programme}: ${rule}`,
  programmeTitle: (programme, merchant) => `${programme} (${merchant}): all rules in force`,
  issuer: (issuer, merchant) =>
    issuer === merchant
      ? `${issuer} grants the points and stands for them.`
      : `You buy or take part at ${merchant}; ${issuer} grants the points and stands for them.`,
  occasion: {
    PURCHASE: 'for every order that qualifies',
    LECTURE: 'for every lecture you attend',
    SURVEY: 'for every survey you fill in',
    SUGGESTION: 'for every suggestion you make',
    GREEN_ACT: 'for every registered green act',
    BIRTHDAY: 'on every birthday',
    REFERRAL: 'for every new member you invite',
    REGISTRATION: 'for joining as a member',
    APPRECIATION: 'as thanks after a period',
    INCIDENT: 'as an apology when something went wrong',
    CARD_ISSUED: 'for a bank card',
    TIME_PASSED: 'as time goes by',
  },
  rate: (rate) => `You earn ${rateText(rate)}.`,
  rounding:
    'All that counts in an order is added up first; the points are worked out exactly and then rounded down once to whole points.',
  rateExample: (minor, currency, count) =>
    `For example: ${money(minor, currency)} that count earn ${points(count)}.`,
  goesFirst: 'Goods under this rule earn by it instead of at the usual rate, not twice.',
  multiplier: (factor) =>
    `Goods that qualify earn ${factor} times the usual points; what is added is rounded down to whole points.`,
  multiplierExample: (usual, more) =>
    `For example: goods that usually earn ${points(usual)} earn ${grouped(more)} more, ${grouped(usual + more)} in all.`,
  shared: (most) =>
    `After the period, the budget is shared out among those who earned points in it: at most ${points(most)} each.`,
  fixed: (count, occasion) => `You get ${points(count)} ${occasion}.`,
  weights: (shares) =>
    `Members of different tiers share in this proportion: ${shares.map(([tier, weight]) => `${tier} ${grouped(weight)}`).join(', ')}.`,
  grouped:
    'When other bonuses of the same group fit too, you get the one that is best for you; bonuses outside of the group are paid as well.',
  anyAnswer: 'Whatever you answer, the points are the same.',
  qualifyingNone: 'These points do not count for your membership tier.',
  qualifyingSame: 'The points you earn also count for your membership tier.',
  qualifying: (rate) =>
    `Your membership tier counts ${rateText(rate)}; what counts for the tier cannot be spent.`,
  referral: (invitees, count) =>
    `From ${invitees === 1 ? 'the first new member' : `${grouped(invitees)} new members`} on, you get ${points(count)} for each.`,
  invitee: (count) => `The new member gets ${points(count)}.`,
  inviting: (perMonth) =>
    `That is once for each new member, when her first order can no longer be returned, and for at most ${grouped(perMonth)} of them in a calendar month. What she spends makes no difference.`,
  lottery: (prize, fee) =>
    `You take part in a prize draw. The top prize is worth ${money(prize, 'CNY')}; ${fee === 0 ? 'taking part is free' : `taking part costs ${money(fee, 'CNY')}`}.`,
  odds: (odds) => `The chance of winning is ${odds}.`,
  everything: 'Everything that this merchant sells counts.',
  paidAmount: 'Only what you really pay counts; goods that you return do not.',
  restrictedTo: (list, values) => {
    const names = {
      categories: 'Only goods of these categories count',
      skus: 'Only goods with these article numbers count',
      stores: 'Only in these stores',
      channels: 'Only through these channels',
      regions: 'Only in these regions',
      paymentInstruments: 'Only when you pay with',
      tiers: 'Only for members of these tiers',
      behaviours: 'Only these green acts count',
      projects: 'Only acts for these projects count',
    };
    return `${names[list]}: ${values.join(', ')}.`;
  },
  quoted: (code) => `“${code}”`,
  green: (isGreen) =>
    isGreen
      ? 'Only goods with a valid green certificate count.'
      : 'Goods with a green certificate do not count.',
  weekdays: (days) =>
    `Only on ${days
      .toSorted((a, b) => a - b)
      .map((day) => WEEKDAYS[day - 1])
      .join(', ')}.`,
  hours: (from, until) =>
    `Only from ${clockText(from)} to ${clockText(until)}${until < from ? ' of the next day' : ''}.`,
  period: (from, until) => `The period is from ${timeText(from)} until ${timeText(until)}.`,
  from: (instant) => `From ${timeText(instant)} on.`,
  until: (instant) => `Until ${timeText(instant)}.`,
  minimum: (minor, currency) =>
    `Points are granted when the goods that qualify add up to at least ${money(minor, currency)}.`,
  otherwiseUsual: 'Everything else earns as usual.',
  otherwiseNothing: 'Nothing else earns points by this rule.',
  cap: (cap, count) => {
    const names = {
      perOrder: 'for one order',
      perMemberPerDay: 'for one member in a day',
      perMember: 'for one member in all',
      budget: 'for all members together, and then it is over',
    };
    return `At most ${points(count)} ${names[cap]}.`;
  },
  noCap: 'There is no upper limit.',
  atOnce: 'You can use the points as soon as they are recorded.',
  afterDays: (days) =>
    `You can use the points ${days === 1 ? '1 day' : `${days} days`} after they are recorded.`,
  afterDaysExample: (recorded, usable) =>
    `For example: points recorded on ${dayText(recorded)} can be used from ${dayText(usable)} on.`,
  onEvent: (event) =>
    `You can use the points after ${EVENTS[event] ?? `the merchant has confirmed “${event}”`}.`,
  mayWaitLonger: (days) =>
    `If an order looks like wash trading, it can take up to ${days} days longer, and we tell you why; any longer only in a case in which you are heard.`,
  months: (months, isMonthEnd) =>
    `Points are good for ${months === 1 ? '1 month' : `${months} months`} from the day on which you get them${isMonthEnd ? ', and until the end of that month' : ''}.`,
  monthsExample: (earned, last) =>
    `For example: of points that you get on ${dayText(earned)}, the last good day is ${dayText(last)}.`,
  on: (day) => `Points are good until ${dayText(day)}, that day included.`,
  never: 'Points never expire.',
  keptExpiry: 'No change of the rules shortens the life of points that you already have.',
  useAnywhere:
    'You can exchange them at any merchant of the alliance for the goods, services and discounts that it offers; the page of each says how many points it takes.',
  useAt: (merchant) =>
    `You can exchange them for the goods, services and discounts that ${merchant} offers; the page of each says how many points it takes.`,
  useScope: (scope) => `These points can only be used for: ${scope}.`,
  firstRedemption: (count) =>
    `You can exchange points for the first time once you have earned ${points(count)} in all.`,
  minimumAge: (age) =>
    `You have to be at least ${age} years old to take part. Show the merchant a proof of your age once, before you earn.`,
  noLimits: 'There are no other limits.',
  transfer: ({ transfer, transferees, transfereeWaitDays }) => {
    if (transfer === 'NONE') return 'Points cannot be given to others.';
    if (transfer === 'FAMILY') {
      return 'Points can be given to members of the same family, and to nobody else.';
    }
    const many = transferees === null ? '' : `, at most ${transferees}`;
    const wait = transfereeWaitDays ? `, ${transfereeWaitDays} days after you registered them` : '';
    return `Points can be given to people whom you have registered${many}${wait}.`;
  },
  takenBack:
    'When goods are returned, exactly the points that they earned are taken back. If you have used them already, they are taken from your other points or from points that you earn later, never in money.',
  goodsBack: (days) =>
    days === 0
      ? 'Goods are taken back as the law says.'
      : `Goods can be returned within ${days === 1 ? '1 day' : `${days} days`} of the day on which you got them${days < DISTANCE_DAYS ? `, and within ${DISTANCE_DAYS} days when they were not bought in a shop` : ''}; your legal rights in case of defects are not limited by this.`,
  lapsed: ({ lapsedLots }) =>
    lapsedLots === 'EXTEND'
      ? 'When you return goods that you paid for with points, the points come back; any that expired meanwhile are extended.'
      : 'When you return goods that you paid for with points, the points come back; any that expired meanwhile stay expired.',
  tierPrice: (tier, part, goods) =>
    goods === null
      ? `Members of the tier ${tier} pay ${part} of the price.`
      : `Members of the tier ${tier} pay ${part} of the price of goods of these categories: ${goods.join(', ')}.`,
  priceRounding:
    'What is to be paid is rounded down once over all goods of an order that it is for.',
  samePrice: 'Everybody pays the same.',
  dearer: (tiers) => `This is dearer than before for members of ${tiers.join(', ')}.`,
  pricesFrom: (effectiveAt, publishedAt, sentences) =>
    `From ${timeText(effectiveAt)} on, as published on ${timeText(publishedAt)}: ${sentences.join(' ')}`,
  pricesSince: (version, publishedAt, effectiveAt) =>
    `Today’s prices: version ${version}, published on ${timeText(publishedAt)}, in force since ${timeText(effectiveAt)}.`,
  changesIntro: 'These changes are to your disadvantage. Please note them:',
  worsening: {
    LOWER_RATE: 'You earn fewer points for the same money.',
    LOWER_FACTOR: 'The points are multiplied by less.',
    FEWER_POINTS: 'You get fewer points each time.',
    OTHER_AWARD: 'The points are worked out in another way.',
    STACKS_OTHERWISE: 'It combines with other rules in another way.',
    OTHER_OCCASION: 'Points are granted for something else.',
    TIGHTER_CONDITION: 'The conditions for earning are stricter.',
    LOWER_CAP: 'The most you can earn is less.',
    LATER_VESTING: 'You can use the points later.',
    SHORTER_EXPIRY: 'Points that you get from then on are good for a shorter time.',
    NARROWER_USE: 'The points can be used for less.',
    FEWER_QUALIFYING: 'Less counts for your membership tier.',
    LESS_FOR_REFERRALS: 'You get less for inviting others.',
    WORSE_DRAW: 'The prize draw is less favourable.',
    OTHER_BUDGET_BASIS: 'The budget of the thanks has another basis.',
    TEXT_CHANGED: 'The words on use, limits or further terms are different.',
    NARROWER_TRANSFER: 'Points can be given to fewer people.',
    HARDER_FIRST_USE: 'It takes more before you can use points for the first time.',
    SHORTER_RETURNS: 'Goods can be returned for a shorter time.',
    LAPSED_STAY_LAPSED: 'Points that expired before they came back are not extended any more.',
    RULE_ENDS: 'The rule ends.',
  },
  keptPoints:
    'Points that you got before are not touched: neither their number, nor their value, nor their last day.',
  complain: (merchant) => `Please turn to ${merchant} or to the alliance.`,
  nature:
    'Points are a discount granted by the merchants that issued them. They are not money, not a deposit, not a security and not an investment. They cannot be paid out and bear no interest.',
  version: (name, version) => `Version ${version}, number ${name}.`,
  publishedAt: (instant) => `Published: ${timeText(instant)}.`,
  notPublished: 'This is a draft that is not published.',
  commentUntil: (instant) => `Open to comments until: ${timeText(instant)}.`,
  effectiveAt: (instant) => `In force from: ${timeText(instant)}.`,
};
