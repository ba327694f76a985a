import { addDays, dayOf, parseIsoDay } from '../../../../shared/calendar.ts';
import { fraction, multiplyFloor } from '../../../../shared/quantities.ts';
import { REFERRALS_PER_MONTH } from '../../grants/domain/referral.ts';
import { HOLD_DAYS } from '../../orders/domain/signs.ts';
import type { Worsening, WorseningCode } from '../../rules/domain/adverse.ts';
import { lifeOf } from '../../rules/domain/points-life.ts';
import type { Award, LocalizedText, Notice, Policy, RuleTerms } from '../../rules/domain/terms.ts';
import { PLAIN_POLICY } from '../../rules/domain/terms.ts';
import { called, conditionLines, countsLines } from './counts.ts';
import { document, type Parts } from './document.ts';
import { en } from './en.ts';
import { beyondOne, ratioText } from './figures.ts';
import type { Names } from './names.ts';
import { type Phrases, SECTIONS, type Section } from './phrases.ts';
import { type DisclosedPrices, NO_PRICES, priceLines, priceSummary } from './prices.ts';
import { zh } from './zh.ts';

/** What a disclosure names beside the terms of the rule. */
export type DisclosureFacts = Readonly<{
  merchant: LocalizedText;
  /** Who issues and owes the points: the merchant itself, or a sponsor. */
  issuer: LocalizedText;
  programme: LocalizedText;
  unit: string;
  /** What the codes of the rule are called. */
  names: Names;
  /** Such as `<key>@v2`. */
  name: string;
  version: number;
  /** The basic rule of the programme, whose policy and notices hold for all its points. */
  basic: RuleTerms | null;
  publishedAt: Date | null;
  commentUntil: Date | null;
  effectiveAt: Date | null;
  /** What is worse than in the version before. */
  worsenings: readonly Worsening[];
  /** Now. */
  at: Date;
}>;

export type DisclosureText = Readonly<{
  language: 'zh-CN' | 'en';
  title: string;
  summary: readonly string[];
  text: string;
}>;

export type Language = DisclosureText['language'];

const LANGUAGES: Readonly<Record<Language, Phrases>> = { 'zh-CN': zh, en };

/** What a change takes from members, in words. */
export const worseningText = (code: WorseningCode, language: Language): string =>
  LANGUAGES[language].worsening[code];

/** A rule, or several of one programme, the basic one first. */
export type DisclosedRule = Readonly<{ terms: RuleTerms; facts: DisclosureFacts }>;

/** One version of a rule in plain words: all that follows from its terms, nothing else. */
export function disclose({ terms, facts }: DisclosedRule, language: Language): DisclosureText {
  const say = LANGUAGES[language];
  const title = say.documentTitle(say.pick(facts.programme), say.pick(terms.title));
  const parts = partsOf({ terms, facts }, say);
  const summary = summaryOf({ terms, facts }, say);
  const text = document(title, say, summary, [{ heading: null, parts, sections: SECTIONS }]);
  return { language, title, summary, text };
}

const OF_PROGRAMME: readonly Section[] = [
  'prices',
  'use',
  'limits',
  'transfer',
  'returns',
  'terms',
  'complaints',
  'nature',
];
const OF_RULE = SECTIONS.filter((section) => !OF_PROGRAMME.includes(section));

/**
 * All rules of a programme that are in force together: what they have in common stands once, at the end, with what
 * its members pay by tier.
 */
export function discloseProgramme(
  rules: readonly [DisclosedRule, ...DisclosedRule[]],
  language: Language,
  prices: DisclosedPrices = NO_PRICES,
): DisclosureText {
  const say = LANGUAGES[language];
  const [first, ...others] = rules;
  const { programme, merchant, names } = first.facts;
  const title = say.programmeTitle(say.pick(programme), say.pick(merchant));
  const ofOthers = others.map((rule) => {
    const { terms } = rule;
    const conditions = conditionLines(terms, rule.facts.names, say);
    return say.named(say.pick(terms.title), [...earnLines(rule, say).slice(0, 1), ...conditions]);
  });
  const ofFirst = summaryOf(first, say);
  const ofPrices = priceSummary(prices, names, say);
  const all = [...ofFirst.slice(0, -1), ...ofOthers, ...ofPrices, ...ofFirst.slice(-1)];
  const common = { ...partsOf(first, say), prices: priceLines(prices, names, say) };
  const text = document(title, say, all, [
    ...rules.map((rule) => ({
      heading: say.pick(rule.terms.title),
      parts: partsOf(rule, say),
      sections: OF_RULE,
    })),
    { heading: null, parts: common, sections: OF_PROGRAMME },
  ]);
  return { language, title, summary: all, text };
}

function partsOf(rule: DisclosedRule, say: Phrases): Parts {
  const { terms, facts } = rule;
  const policy = policyOf(rule);
  const text = (name: 'redemption' | 'limits' | 'terms') => {
    const found = noticeOf(rule, name);
    return found === null ? [] : [say.pick(found)];
  };
  const limits = [
    ...(terms.useScope === null
      ? []
      : [say.useScope(called(facts.names, 'USE_SCOPE', terms.useScope, say))]),
    ...(policy.firstRedemptionFrom ? [say.firstRedemption(policy.firstRedemptionFrom)] : []),
    ...(policy.minimumAge ? [say.minimumAge(policy.minimumAge)] : []),
    ...text('limits'),
  ];
  const complaints = terms.notice.complaints ?? facts.basic?.notice.complaints ?? null;
  return {
    issuer: [say.issuer(say.pick(facts.issuer), say.pick(facts.merchant))],
    earn: earnLines(rule, say),
    counts: terms.trigger === 'PURCHASE' ? countsLines(terms, facts.names, say) : [],
    caps: capLines(terms, say),
    vesting: vestingLines(rule, say),
    expiry: [...expiryLines(rule, say), say.keptExpiry],
    use: [
      ...text('redemption'),
      ...(noticeOf(rule, 'redemption') === null
        ? [facts.unit === 'ALLIANCE' ? say.useAnywhere : say.useAt(say.pick(facts.merchant))]
        : []),
    ],
    limits: limits.length === 0 ? [say.noLimits] : limits,
    transfer: [say.transfer(policy)],
    returns: [
      ...(terms.trigger === 'PURCHASE' ? [say.goodsBack(policy.returnDays), say.takenBack] : []),
      say.lapsed(policy),
    ],
    // They are the programme's, and have versions of their own.
    prices: [],
    changes: changeLines(facts, say),
    terms: text('terms'),
    complaints: [complaints ?? say.complain(say.pick(facts.merchant))],
    nature: [say.nature],
    version: versionLines(facts, say),
  };
}

/** What matters most: what one gets, for what, how long it is good, what limits it, what got worse (R1). */
function summaryOf(rule: DisclosedRule, say: Phrases): string[] {
  const { terms, facts } = rule;
  const parts = partsOf(rule, say);
  return [
    ...parts.earn.slice(0, 1),
    ...(terms.trigger === 'PURCHASE'
      ? countsLines(terms, facts.names, say).slice(0, -1)
      : conditionLines(terms, facts.names, say)),
    ...(Object.values(terms.caps).some((cap) => cap !== null) ? parts.caps : []),
    ...parts.vesting.slice(0, 1),
    ...parts.expiry.slice(0, 1),
    ...parts.limits.filter((line) => line !== say.noLimits),
    ...parts.transfer,
    ...(facts.worsenings.length > 0 ? parts.changes.slice(1) : []),
    say.nature,
  ];
}

const policyOf = ({ terms, facts }: DisclosedRule): Policy =>
  terms.policy ?? facts.basic?.policy ?? PLAIN_POLICY;

const noticeOf = (
  { terms, facts }: DisclosedRule,
  name: 'redemption' | 'limits' | 'terms',
): Notice['limits'] => terms.notice[name] ?? facts.basic?.notice[name] ?? null;

function earnLines({ terms, facts }: DisclosedRule, say: Phrases): string[] {
  const { trigger, award, referral, lottery } = terms;
  const hasUsual = facts.basic !== null && terms.policy === null;
  return [
    ...(trigger === 'APPRECIATION' && award.kind === 'FIXED'
      ? [say.shared(award.points), ...weightLines({ terms, facts }, say)]
      : awardLines(award, say, say.occasion[trigger], hasUsual)),
    // Of purchases they stand under what counts.
    ...(trigger === 'PURCHASE' ? [] : conditionLines(terms, facts.names, say)),
    ...(trigger === 'SURVEY' && terms.answers === 'ANY' ? [say.anyAnswer] : []),
    ...(referral?.steps.map(({ invitees, points }) => say.referral(invitees, points)) ?? []),
    ...(referral !== null && referral.inviteePoints > 0
      ? [say.invitee(referral.inviteePoints)]
      : []),
    ...(trigger === 'REFERRAL' ? [say.inviting(REFERRALS_PER_MONTH)] : []),
    ...(lottery === null ? [] : [say.lottery(lottery.topPrizeMinor, lottery.entryFeeMinor)]),
    ...(lottery?.odds ? [say.odds(ratioText(lottery.odds))] : []),
    ...(lottery?.prizes ? [say.pick(lottery.prizes)] : []),
    qualifyingLine(terms, say),
  ];
}

/** In what proportion the members of tiers share. */
const weightLines = ({ terms, facts }: DisclosedRule, say: Phrases): string[] =>
  terms.tierWeights === undefined
    ? []
    : [
        say.weights(
          terms.tierWeights.map(({ tier, weight }) => [
            called(facts.names, 'TIER', tier, say),
            weight,
          ]),
        ),
      ];

/** Only what was paid for counts for tiers. */
function qualifyingLine({ trigger, qualifying }: RuleTerms, say: Phrases): string {
  if (trigger !== 'PURCHASE') return say.qualifyingNone;
  return qualifying === null ? say.qualifyingSame : say.qualifying(qualifying);
}

function awardLines(award: Award, say: Phrases, occasion: string, hasUsual: boolean): string[] {
  if (award.kind === 'RATE') {
    const { points, minor, currency } = award.rate;
    const earned = (paid: number) => multiplyFloor(paid, fraction(points, minor));
    const paid = [12_345, 123_450, 1_234_500, 12_345_000].find((one) => earned(one) > 0) ?? minor;
    return [
      say.rate(award.rate),
      say.rounding,
      say.rateExample(paid, currency, earned(paid)),
      ...(hasUsual ? [say.goesFirst] : []),
    ];
  }
  const stacks = award.group === null ? [] : [say.grouped];
  if (award.kind === 'FIXED') return [say.fixed(award.points, occasion), ...stacks];
  const { numerator, denominator } = beyondOne(award.factor);
  const more = multiplyFloor(300, fraction(numerator, denominator));
  return [say.multiplier(ratioText(award.factor)), say.multiplierExample(300, more), ...stacks];
}

function capLines({ caps }: RuleTerms, say: Phrases): string[] {
  const names = ['perOrder', 'perMemberPerDay', 'perMember', 'budget'] as const;
  const lines = names.flatMap((name) => {
    const cap = caps[name];
    return cap === null ? [] : [say.cap(name, cap)];
  });
  return lines.length === 0 ? [say.noCap] : lines;
}

/** The examples are of points of this day: that of effect, so that a text does not change from day to day. */
const exampleAt = ({ effectiveAt, at }: DisclosureFacts): Date => effectiveAt ?? at;

function vestingLines({ terms, facts }: DisclosedRule, say: Phrases): string[] {
  const { vesting } = terms;
  if (vesting.kind === 'AT_ONCE') return [say.atOnce];
  if (vesting.kind === 'ON_EVENT') {
    return [say.onEvent(vesting.event), say.mayWaitLonger(HOLD_DAYS)];
  }
  const recordedAt = exampleAt(facts);
  const recorded = dayOf(recordedAt);
  const usable = lifeOf(terms, recordedAt).vestsOn ?? recorded;
  return [say.afterDays(vesting.days), say.afterDaysExample(recorded, usable)];
}

function expiryLines({ terms, facts }: DisclosedRule, say: Phrases): string[] {
  const { expiry } = terms;
  if (expiry.kind === 'NEVER') return [say.never];
  if (expiry.kind === 'ON') return [say.on(parseIsoDay(expiry.day))];
  const earnedAt = exampleAt(facts);
  // A lot lapses at the beginning of the first day on which it cannot be spent.
  const last = addDays(lifeOf(terms, earnedAt).expiresOn, -1);
  return [
    say.months(expiry.months, expiry.end === 'MONTH_END'),
    say.monthsExample(dayOf(earnedAt), last),
  ];
}

function changeLines({ worsenings }: DisclosureFacts, say: Phrases): string[] {
  if (worsenings.length === 0) return [];
  const codes = [...new Set(worsenings.map(({ code }) => code))];
  return [say.changesIntro, ...codes.map((code) => say.worsening[code]), say.keptPoints];
}

function versionLines(facts: DisclosureFacts, say: Phrases): string[] {
  const { publishedAt, commentUntil, effectiveAt } = facts;
  return [
    say.version(facts.name, facts.version),
    publishedAt === null ? say.notPublished : say.publishedAt(publishedAt),
    ...(commentUntil === null ? [] : [say.commentUntil(commentUntil)]),
    ...(effectiveAt === null ? [] : [say.effectiveAt(effectiveAt)]),
  ];
}
