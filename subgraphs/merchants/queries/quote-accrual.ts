import { actsForMerchant, seesMember } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { ageLimitsOf } from '../ages/domain/age-limit.ts';
import { type KnownAges, knownAges } from '../ages/queries/known-ages.ts';
import { readCapUse } from '../commands/cap-use.ts';
import { capCasesOf, issuersOf, newPurchase, withinCaps } from '../commands/purchase-rows.ts';
import type { Context } from '../context.ts';
import { visibleNames } from '../disclosure/queries/visible-names.ts';
import {
  type Defect,
  defectOfCurrency,
  defectOfLines,
  defectOfSetting,
  type Order,
  orderedLine,
  settingOf,
} from '../domain/order.ts';
import type { MerchantRow } from '../entities/merchant.ts';
import type { ProgrammeRow } from '../entities/programme.ts';
import { ORDER_POINTS_MAX } from '../rules/domain/award-order.ts';
import { type Reason, reason } from '../rules/domain/earning.ts';
import { inForceAt } from '../rules/domain/in-force.ts';
import type { RuleRow } from '../rules/entities/rule.ts';
import { type SellingRule, sellingRules } from '../rules/queries/selling-rules.ts';
import type { QuoteAccrualInput } from '../schema.generated.ts';
import { readStandings } from '../standing/queries/standings.ts';
import { inRegions } from '../standing/queries/stores.ts';
import { defectOfSale } from '../till/domain/sells.ts';
import { sellsFor } from '../till/queries/sells.ts';
import { awardText } from './award-texts.ts';
import { memberStanding } from './member-standing.ts';
import { namedReason, namesCodes } from './named-reasons.ts';
import { knownGreen, needsOf } from './order-facts.ts';

/** What one rule would award for an order. */
export type QuotedAward = Readonly<{
  programme: ProgrammeRow;
  rule: RuleRow;
  points: number;
  qualifyingPoints: number;
  lineNumbers: number[];
  explanation: string;
  reasons: Reason[];
}>;

/** A rule that would award nothing, and why. */
export type RuleNotApplied = Readonly<{
  programme: ProgrammeRow;
  rule: RuleRow;
  reasons: Reason[];
}>;

export type AccrualQuote = Readonly<{
  merchantId: string;
  awards: QuotedAward[];
  notApplied: RuleNotApplied[];
}>;

/**
 * What an order would earn, and why not more: what recording it would award at this moment. Nothing is recorded.
 * Throws BAD_USER_INPUT for an unknown merchant and for an order that could not be recorded either, FORBIDDEN
 * when it names a member whom the caller may not see.
 */
export async function quoteAccrual(
  context: Context,
  input: QuoteAccrualInput,
): Promise<AccrualQuote> {
  const { loaders, database, clock, caller } = context;
  const memberId = input.memberId ?? null;
  const mayAsk =
    memberId === null || seesMember(caller, memberId) || actsForMerchant(caller, input.merchantId);
  if (!mayAsk) throw fault('FORBIDDEN');
  const merchant = await loaders.merchantById.load(input.merchantId);
  if (merchant === null) throw fault('BAD_USER_INPUT', 'MERCHANT_NOT_FOUND');
  const at = clock.now();
  const asked = orderOf(input, at);
  const sells = await sellsFor(database.reader, merchant.id, [asked]);
  const unknown = defectOfSale(asked, sells);
  if (unknown !== null) throw unusable(unknown);
  const [order = asked] = await inRegions(database.reader, merchant.id, [asked]);
  const buyer = { memberId, tier: input.tier ?? null, isTierKnown: memberId === null };
  return accrualOf(context, merchant, order, buyer);
}

/** Who would buy. `tier` counts when it is known, and is asked for otherwise. */
export type Buyer = Readonly<{
  /** Null: somebody who has had nothing yet. */
  memberId: string | null;
  tier: string | null;
  isTierKnown: boolean;
}>;

/** What an order that could be recorded would earn, in its region. Throws BAD_USER_INPUT when it is too much. */
export async function accrualOf(
  context: Context,
  merchant: MerchantRow,
  order: Order,
  who: Buyer,
): Promise<AccrualQuote> {
  const { database, locale, clock } = context;
  const at = clock.now();
  const rules = await sellingRules(database.reader, merchant, at);
  if (merchant.status !== 'ACTIVE') return suspended(merchant, rules, order);
  const standings = await readStandings(database.reader, issuersOf(merchant.id, rules));
  const facts = await factsOf(context, merchant, order, rules, who);
  const buyer = { memberId: who.memberId ?? NOBODY, customerKey: null };
  const frame = { at, newId: () => 'quote' };
  const ages = await agesOf(context, merchant, rules, who);
  const selling = { rules, facts, standings, ages };
  const purchase = newPurchase(frame, merchant.id, buyer, order, selling);
  if (purchase === null) throw unusable(TOO_MANY);
  const use = await readCapUse(database.reader, capCasesOf(purchase));
  const { awards, lines } = withinCaps(purchase, use);
  const { refused, waiting } = purchase.award;
  const said = await inWords(context, merchant.id, [...awards, ...refused]);
  return {
    merchantId: merchant.id,
    awards: awards.map((award) => ({
      programme: award.rule.programme,
      rule: award.rule,
      points: award.points,
      qualifyingPoints: award.qualifyingPoints,
      lineNumbers: [...award.lines],
      explanation: awardText(award, { lines, currency: order.currency }, locale),
      reasons: said(award),
    })),
    notApplied: [
      ...refused.map((one) => notApplied(one.rule, said(one))),
      ...waiting.map(({ rule, facts: missing }) =>
        notApplied(
          rule,
          missing.map((fact) => reason(`RULE_WAITS_${fact}`)),
        ),
      ),
    ],
  };
}

type Reasoned = Readonly<{ rule: SellingRule; reasons: readonly Reason[] }>;

/** The reasons with the names of codes. Nothing is read when none of them is about a code. */
async function inWords(
  context: Context,
  merchantId: string,
  reasoned: readonly Reasoned[],
): Promise<(one: Reasoned) => Reason[]> {
  const isNaming = reasoned.some(({ reasons }) => reasons.some(namesCodes));
  if (!isNaming) return ({ reasons }) => [...reasons];
  const { locale } = context;
  const names = await visibleNames(context, merchantId);
  return ({ rule, reasons }) =>
    reasons.map((one) => namedReason(one, { ...rule.terms, names, locale }));
}

/** Stands for somebody who has had nothing under any cap; the id of no member. */
const NOBODY = 'nobody';

const TOO_MANY: Defect = {
  code: 'POINTS_TOO_MANY',
  field: 'lines',
  parameters: { max: ORDER_POINTS_MAX },
};

const unusable = ({ code, field, parameters }: Defect) =>
  fault('BAD_USER_INPUT', code, { ...parameters, field });

function orderOf(input: QuoteAccrualInput, at: Date): Order {
  const setting = settingOf(input);
  const lines = input.lines.map(orderedLine);
  const currency = input.currency ?? 'CNY';
  const defect = defectOfCurrency(currency) ?? defectOfSetting(setting) ?? defectOfLines(lines);
  if (defect !== null) throw unusable(defect);
  const purchasedAt = input.purchasedAt ?? at;
  return { orderNumber: '', currency, purchasedAt, lines, ...setting };
}

async function factsOf(
  context: Context,
  merchant: MerchantRow,
  { purchasedAt, lines }: Order,
  rules: readonly SellingRule[],
  { memberId, tier, isTierKnown }: Buyer,
) {
  const needs = needsOf(rules);
  const numbered = lines.map((line, index) => ({ ...line, number: index + 1 }));
  const order = { name: 'quote', merchantId: merchant.id, purchasedAt, lines: numbered };
  const green = (await knownGreen(context, needs, [order])).get(order.name) ?? null;
  if (isTierKnown || memberId === null || !needs.tier) return { tier, green };
  const member = await memberStanding(context.peers, memberId, { withTier: true }, context);
  return { tier: member.tier, green };
}

/** Who is nobody in particular is taken for old enough: what she reads is what the order earns. */
async function agesOf(
  { database, clock }: Context,
  merchant: MerchantRow,
  rules: readonly SellingRule[],
  { memberId }: Buyer,
): Promise<KnownAges> {
  if (memberId === null) return () => Number.POSITIVE_INFINITY;
  const asked = ageLimitsOf(rules).size === 0 ? [] : [{ merchantId: merchant.id, memberId }];
  return knownAges(database.reader, asked, clock.now());
}

const notApplied = (rule: SellingRule, reasons: readonly Reason[]): RuleNotApplied => ({
  programme: rule.programme,
  rule,
  reasons: [...reasons],
});

const suspended = (
  { id }: MerchantRow,
  rules: readonly SellingRule[],
  { purchasedAt }: Order,
): AccrualQuote => ({
  merchantId: id,
  awards: [],
  notApplied: inForceAt(rules, purchasedAt).map((rule) =>
    notApplied(rule, [reason('QUOTE_SUSPENDED')]),
  ),
});
