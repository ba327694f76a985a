/** A text in both languages of the graph. */
export type LocalizedText = Readonly<{ zh: string; en: string }>;

/**
 * What sets a rule off. Everything that a member does, and two things that she does not do: those are here
 * so that such a rule can be written down and refused with its reason.
 */
export type Trigger =
  | 'PURCHASE'
  /** A lecture was attended, a survey filled in, a suggestion made (S18, S19). */
  | 'LECTURE'
  | 'SURVEY'
  | 'SUGGESTION'
  | 'GREEN_ACT'
  | 'BIRTHDAY'
  | 'REFERRAL'
  | 'REGISTRATION'
  /** A budget that is shared out after a period was over (the lawful form of what S41, S42 want). */
  | 'APPRECIATION'
  /** Goodwill after an incident (S62). */
  | 'INCIDENT'
  /** A bank card was issued, whatever is bought with it: never more than the cap of S66. */
  | 'CARD_ISSUED'
  /** Time goes by: interest under another name, never lawful (L8). */
  | 'TIME_PASSED';

/** So many points for so much money, in the smallest unit of `currency`. Exact. */
export type Rate = Readonly<{ points: number; minor: number; currency: string }>;

/** An exact fraction above 0. */
export type Ratio = Readonly<{ numerator: number; denominator: number }>;

/**
 * What a rule pays. Each rule is rounded down by itself, once over the whole order.
 *
 * - RATE: points on the amount of the lines that fit. Of the rates of one programme exactly one pays for a
 *   line: that with the highest priority.
 * - MULTIPLIER: (factor − 1) times what the rate pays for these lines, in addition. Of those of one group the
 *   best for the member pays for a line; those of several groups add up.
 * - FIXED: so many points once, for an order whose lines that fit reach the minimum, or for an act. Of an
 *   appreciation the most that one member gets of the budget.
 */
export type Award =
  | Readonly<{ kind: 'RATE'; rate: Rate; priority: number }>
  | Readonly<{ kind: 'MULTIPLIER'; factor: Ratio; group: string | null }>
  | Readonly<{ kind: 'FIXED'; points: number; group: string | null }>;

/**
 * For what a rule holds. A list that is null, and a bound that is null, leave everything in. A line fits when
 * all that is said of lines holds (categories, skus, isGreen), an order when the rest does.
 */
export type Condition = Readonly<{
  categories: readonly string[] | null;
  skus: readonly string[] | null;
  /** True: lines with a valid green certificate alone. */
  isGreen: boolean | null;
  stores: readonly string[] | null;
  channels: readonly string[] | null;
  /** Region codes of where the order was made. */
  regions: readonly string[] | null;
  paymentInstruments: readonly string[] | null;
  tiers: readonly string[] | null;
  /** ISO: 1 is Monday, 7 is Sunday; on the calendar of the books. */
  weekdays: readonly number[] | null;
  /** Minutes of the day, from (included) and until (excluded); on the calendar of the books. */
  hours: Readonly<{ from: number; until: number }> | null;
  /** Instants in ISO 8601: a campaign begins and ends. */
  from: string | null;
  until: string | null;
  /**
   * What the lines that fit have to add up to, in the smallest unit. Below it the rule pays nothing; it does not
   * pass its lines on to another rule.
   */
  minimumMinor: number | null;
}>;

/** In points; null: no bound. What no longer fits under a bound is not awarded. */
export type Caps = Readonly<{
  perOrder: number | null;
  perMemberPerDay: number | null;
  perMember: number | null;
  /** Over all members. */
  budget: number | null;
}>;

export type Vesting =
  | Readonly<{ kind: 'AT_ONCE' }>
  | Readonly<{ kind: 'AFTER_DAYS'; days: number }>
  | Readonly<{ kind: 'ON_EVENT'; event: string }>;

/** Until when points are good: for months (to the day, or to the end of that month), until a day, or always. */
export type Expiry =
  | Readonly<{ kind: 'MONTHS'; months: number; end: 'DAY' | 'MONTH_END' }>
  | Readonly<{ kind: 'ON'; day: string }>
  | Readonly<{ kind: 'NEVER' }>;

/** Who is rewarded for bringing somebody. More than one level, a share of sales or steps are refused (L1, L2). */
export type Referral = Readonly<{
  levels: number;
  inviteePoints: number;
  /** What the inviter gets from so many invitees on. */
  steps: readonly Readonly<{ invitees: number; points: number }>[];
}>;

/** A prize draw (R7, L11). `odds`: so many of so many entries win something. */
export type Lottery = Readonly<{
  topPrizeMinor: number;
  entryFeeMinor: number;
  odds: Ratio | null;
  prizes: LocalizedText | null;
}>;

/** Where the points of an appreciation come from: a fixed budget, or what makes it a dividend. */
export type AppreciationBasis = 'FIXED_BUDGET' | 'REVENUE' | 'PROFIT' | 'HEADCOUNT';

/** How many times the share of weight 1 a member of a tier gets. */
export type TierWeight = Readonly<{ tier: string; weight: number }>;

/** What members are told beside what follows from the data. All of it is read by the compliance guard. */
export type Notice = Readonly<{
  /** How the rule is advertised, word for word. */
  advertisement: LocalizedText | null;
  /** The rebate that the advertisement states: 1/100 for "1 %" (S9). */
  advertisedRebate: Ratio | null;
  /** How points are used. */
  redemption: LocalizedText | null;
  /** What limits their use; "none" is said in words too (S28). */
  limits: LocalizedText | null;
  /** Any further terms. */
  terms: LocalizedText | null;
  /** Where members complain. */
  complaints: string | null;
}>;

/** What holds for the points of a programme whatever they were given for. Only its basic rule has it. */
export type Policy = Readonly<{
  transfer: 'NONE' | 'FAMILY' | 'REGISTERED';
  /** REGISTERED: how many, and from which day on after they were registered (TV12). */
  transferees: number | null;
  transfereeWaitDays: number | null;
  /** Points that a member must have had before the first redemption; null: none (TV12). */
  firstRedemptionFrom: number | null;
  minimumAge: number | null;
  /** Goods can be brought back for so many days. */
  returnDays: number;
  /** What becomes of lots that lapsed before their points came back (R6). */
  lapsedLots: 'EXTEND' | 'LAPSE';
}>;

/**
 * A rule by which points are granted, as data: it computes the points, explains itself, and is looked at by
 * the compliance guard. The terms of a version never change.
 */
export type RuleTerms = Readonly<{
  title: LocalizedText;
  trigger: Trigger;
  award: Award;
  condition: Condition;
  caps: Caps;
  /** The merchant that issues and owes these points, when it is not the one that sells (S43). */
  sponsorId: string | null;
  vesting: Vesting;
  expiry: Expiry;
  /** What alone the points are good for, such as `reward:<id>`; null: for everything (S21). */
  useScope: string | null;
  /** Points that count for tiers and cannot be spent; null: as many as are redeemable (S7). */
  qualifying: Rate | null;
  /** SURVEY, SUGGESTION: what kind of answer is rewarded. Anything but ANY is refused (S19, R8). */
  answers: 'ANY' | 'FAVOURABLE';
  referral: Referral | null;
  lottery: Lottery | null;
  appreciation: AppreciationBasis | null;
  /** Of an appreciation, for each tier that its condition names; left out: equal shares. */
  tierWeights?: readonly TierWeight[];
  notice: Notice;
  policy: Policy | null;
}>;

/** What of a condition is a list, of which one has to fit; null is whatever there is. */
export const CONDITION_LISTS = [
  'categories',
  'skus',
  'stores',
  'channels',
  'regions',
  'paymentInstruments',
  'tiers',
  'weekdays',
] as const;

export const ANYTHING: Condition = {
  categories: null,
  skus: null,
  isGreen: null,
  stores: null,
  channels: null,
  regions: null,
  paymentInstruments: null,
  tiers: null,
  weekdays: null,
  hours: null,
  from: null,
  until: null,
  minimumMinor: null,
};

export const NO_CAPS: Caps = {
  perOrder: null,
  perMemberPerDay: null,
  perMember: null,
  budget: null,
};

export const PLAIN_NOTICE: Notice = {
  advertisement: null,
  advertisedRebate: null,
  redemption: null,
  limits: null,
  terms: null,
  complaints: null,
};

/** What holds for a programme that states nothing else: the defaults that are best for members. */
export const PLAIN_POLICY: Policy = {
  transfer: 'NONE',
  transferees: null,
  transfereeWaitDays: null,
  firstRedemptionFrom: null,
  minimumAge: null,
  returnDays: 7,
  lapsedLots: 'EXTEND',
};

type Basic = Readonly<{ title: LocalizedText; rate: Rate; expiryMonths: number | null }>;

/** The basic rule of a programme that states a rate and a term and nothing else. */
export const basicTerms = ({ title, rate, expiryMonths }: Basic): RuleTerms => ({
  title,
  trigger: 'PURCHASE',
  award: { kind: 'RATE', rate, priority: 0 },
  condition: ANYTHING,
  caps: NO_CAPS,
  sponsorId: null,
  vesting: { kind: 'AT_ONCE' },
  expiry:
    expiryMonths === null
      ? { kind: 'NEVER' }
      : { kind: 'MONTHS', months: expiryMonths, end: 'DAY' },
  useScope: null,
  qualifying: null,
  answers: 'ANY',
  referral: null,
  lottery: null,
  appreciation: null,
  notice: PLAIN_NOTICE,
  policy: PLAIN_POLICY,
});
