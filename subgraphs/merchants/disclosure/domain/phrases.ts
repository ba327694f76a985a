import type { Day } from '../../../../shared/calendar.ts';
import type { WorseningCode } from '../../rules/domain/adverse.ts';
import type { LocalizedText, Policy, Rate, Trigger } from '../../rules/domain/terms.ts';

/** The parts of a disclosure, in the order in which a member asks. */
export const SECTIONS = [
  'issuer',
  'earn',
  'counts',
  'caps',
  'vesting',
  'expiry',
  'prices',
  'use',
  'limits',
  'transfer',
  'returns',
  'changes',
  'terms',
  'complaints',
  'nature',
  'version',
] as const;

export type Section = (typeof SECTIONS)[number];

/** The lists of a condition. */
export type Listed =
  | 'categories'
  | 'skus'
  | 'stores'
  | 'channels'
  | 'regions'
  | 'paymentInstruments'
  | 'tiers'
  | 'behaviours'
  | 'projects';

/** How one language says what follows from the data. Each answers whole sentences, or a part where it says so. */
export type Phrases = Readonly<{
  language: 'zh-CN' | 'en';
  pick: (text: LocalizedText) => string;
  headings: Readonly<Record<Section | 'summary', string>>;
  /** A rule of several, in the summary of all of them. */
  named: (rule: string, sentences: readonly string[]) => string;
  documentTitle: (programme: string, rule: string) => string;
  programmeTitle: (programme: string, merchant: string) => string;
  issuer: (issuer: string, merchant: string) => string;
  /** Such as "for every purchase"; a part. */
  occasion: Readonly<Record<Trigger, string>>;
  rate: (rate: Rate) => string;
  rounding: string;
  rateExample: (minor: number, currency: string, points: number) => string;
  goesFirst: string;
  multiplier: (factor: string) => string;
  multiplierExample: (usual: number, more: number) => string;
  fixed: (points: number, occasion: string) => string;
  /** A budget that is shared out: the most for one member. */
  shared: (most: number) => string;
  /** Tiers with their weights. */
  weights: (shares: readonly (readonly [string, number])[]) => string;
  grouped: string;
  anyAnswer: string;
  qualifyingSame: string;
  /** Of points that no purchase brings. */
  qualifyingNone: string;
  qualifying: (rate: Rate) => string;
  referral: (invitees: number, points: number) => string;
  invitee: (points: number) => string;
  /** When, how often and for how many in a month who invites is rewarded. */
  inviting: (perMonth: number) => string;
  lottery: (prize: number, fee: number) => string;
  odds: (odds: string) => string;
  everything: string;
  paidAmount: string;
  /** `values` are names, or codes in quotation marks. */
  restrictedTo: (list: Listed, values: readonly string[]) => string;
  /** A code that nobody has named; a part. */
  quoted: (code: string) => string;
  green: (isGreen: boolean) => string;
  weekdays: (days: readonly number[]) => string;
  hours: (from: number, until: number) => string;
  /** Of an appreciation. */
  period: (from: Date, until: Date) => string;
  from: (instant: Date) => string;
  until: (instant: Date) => string;
  minimum: (minor: number, currency: string) => string;
  otherwiseUsual: string;
  otherwiseNothing: string;
  cap: (cap: 'perOrder' | 'perMemberPerDay' | 'perMember' | 'budget', points: number) => string;
  noCap: string;
  atOnce: string;
  afterDays: (days: number) => string;
  afterDaysExample: (recorded: Day, usable: Day) => string;
  onEvent: (event: string) => string;
  mayWaitLonger: (days: number) => string;
  months: (months: number, isMonthEnd: boolean) => string;
  monthsExample: (earned: Day, last: Day) => string;
  on: (day: Day) => string;
  never: string;
  keptExpiry: string;
  useAnywhere: string;
  useAt: (merchant: string) => string;
  useScope: (scope: string) => string;
  firstRedemption: (points: number) => string;
  minimumAge: (age: number) => string;
  noLimits: string;
  transfer: (policy: Policy) => string;
  takenBack: string;
  goodsBack: (days: number) => string;
  lapsed: (policy: Policy) => string;
  /** `part` such as `95 %`. */
  /** `goods`: of which categories; null: of all. */
  tierPrice: (tier: string, part: string, goods: readonly string[] | null) => string;
  priceRounding: string;
  samePrice: string;
  dearer: (tiers: readonly string[]) => string;
  pricesFrom: (effectiveAt: Date, publishedAt: Date, sentences: readonly string[]) => string;
  pricesSince: (version: number, publishedAt: Date, effectiveAt: Date) => string;
  changesIntro: string;
  worsening: Readonly<Record<WorseningCode, string>>;
  keptPoints: string;
  complain: (merchant: string) => string;
  nature: string;
  version: (name: string, version: number) => string;
  publishedAt: (instant: Date) => string;
  notPublished: string;
  commentUntil: (instant: Date) => string;
  effectiveAt: (instant: Date) => string;
}>;
