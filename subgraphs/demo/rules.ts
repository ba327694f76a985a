import type { Ask } from '../alliance.ts';

type Terms = Readonly<Record<string, unknown>>;

/** Twice the points on dresses (S23), in the words of the shop. */
const CAMPAIGN: Terms = {
  title: { zh: '连衣裙积分加倍', en: 'Double points on dresses' },
  award: { multiplier: { numerator: 2, denominator: 1 }, group: 'campaign' },
  condition: { categories: ['dress'] },
  caps: { perMember: 5_000, budget: 1_000_000 },
  expiry: { months: 18 },
};

/** Who comes to a lecture on the care of babies earns once for each (S18). */
const LECTURE: Terms = {
  title: { zh: '听育儿讲座得积分', en: 'Points for lectures on baby care' },
  trigger: 'LECTURE',
  award: { points: 50 },
  caps: { perMember: 500, budget: 100_000 },
  expiry: { months: 12 },
};

/** What stands in place of a dividend (S41): a period that was over before anybody was told. */
const APPRECIATION: Terms = {
  title: { zh: '2026 年一季度答谢', en: 'Appreciation for the first quarter of 2026' },
  trigger: 'APPRECIATION',
  appreciation: 'FIXED_BUDGET',
  award: { points: 200 },
  condition: { from: '2025-12-31T16:00:00Z', until: '2026-03-31T16:00:00Z' },
  caps: { budget: 10_000 },
  expiry: { months: 12 },
};

/** The rules of the demo beside those that merchants joined with: the key of each, its merchant, its terms. */
const RULES = [
  ['campaign', 'clothing', CAMPAIGN],
  ['lecture', 'mother-and-baby', LECTURE],
  ['appreciation', 'restaurant', APPRECIATION],
] as const;

/**
 * Takes the rules of the demo through their whole life cycle: one person drafts them, another one reviews and
 * publishes them. They only give, so they hold at once. `merchants` are ids by the codes of `alliance.ts`.
 */
export async function openRules(
  ask: Ask,
  second: Ask,
  merchants: Readonly<Record<string, string>>,
): Promise<void> {
  await nameCategories(ask, merchants.clothing ?? '');
  for (const [key, merchant, terms] of RULES) {
    const merchantId = merchants[merchant] ?? '';
    const rule = await openRule(ask, second, { key, merchantId, terms });
    if (key === 'campaign') await promote(ask, merchantId, rule);
  }
}

type DemoRule = Readonly<{ key: string; merchantId: string; terms: Terms }>;

type OpenRule = Readonly<{ id: string; effectiveAt: string }>;

async function openRule(
  ask: Ask,
  second: Ask,
  { key, merchantId, terms }: DemoRule,
): Promise<OpenRule> {
  const { merchant } = await ask('query ($id: ID!) { merchant(id: $id) { programmes { id } } }', {
    id: merchantId,
  });
  const { draftAccrualRule } = await ask(
    `mutation ($input: DraftAccrualRuleInput!) { draftAccrualRule(input: $input) {
      ... on AccrualRuleDrafted { rule { id } } ... on Refusal { code message } } }`,
    {
      input: {
        idempotencyKey: `demo:${key}:draft`,
        programmeId: merchant.programmes[0].id,
        terms,
      },
    },
  );
  const { id: ruleId } = ruleOf(draftAccrualRule);
  const { reviewAccrualRule } = await second(
    `mutation ($input: ReviewAccrualRuleInput!) { reviewAccrualRule(input: $input) {
      ... on AccrualRuleReviewed { rule { id } } ... on Refusal { code message } } }`,
    { input: { idempotencyKey: `demo:${key}:review`, ruleId } },
  );
  ruleOf(reviewAccrualRule);
  const { publishAccrualRule } = await second(
    `mutation ($input: PublishAccrualRuleInput!) { publishAccrualRule(input: $input) {
      ... on AccrualRulePublished { rule { id effectiveAt } } ... on Refusal { code message }
      ... on NotLawful { findings { check field message } } } }`,
    { input: { idempotencyKey: `demo:${key}:publish`, ruleId } },
  );
  return ruleOf(publishAccrualRule);
}

/** The longest that a promotion may be shown. */
const PROMOTION_MS = 366 * 24 * 60 * 60 * 1000;

/** The shop tells everybody of its campaign, from the day on which that began: the same whenever the demo is loaded. */
async function promote(ask: Ask, merchantId: string, { id, effectiveAt }: OpenRule) {
  const { publishPromotion } = await ask(
    `mutation ($input: PublishPromotionInput!) { publishPromotion(input: $input) {
      ... on PromotionChanged { promotion { id } } ... on Refusal { code message }
      ... on NotLawful { findings { check field message } } } }`,
    {
      input: {
        idempotencyKey: 'demo:campaign:promotion',
        merchantId,
        ruleId: id,
        title: CAMPAIGN.title,
        text: {
          zh: '购买连衣裙，积分为平常的 2 倍。每位会员最多另加 5,000 分，全部会员合计 1,000,000 分，发完为止。',
          en: 'Dresses earn twice the points: up to 5,000 more for a member, and 1,000,000 for all members together.',
        },
        from: effectiveAt,
        until: new Date(Date.parse(effectiveAt) + PROMOTION_MS).toISOString(),
      },
    },
  );
  if (publishPromotion.promotion === undefined) throw refusedAs(publishPromotion);
}

/** Members read what the shop calls its categories, not their codes. */
async function nameCategories(ask: Ask, merchantId: string): Promise<void> {
  const { nameCodes } = await ask(
    `mutation ($input: NameCodesInput!) { nameCodes(input: $input) {
      ... on CodesNamed { names { code } } ... on Refusal { code message } } }`,
    {
      input: {
        idempotencyKey: 'demo:campaign:names',
        merchantId,
        kind: 'CATEGORY',
        names: [{ code: 'dress', name: { zh: '连衣裙', en: 'dresses' } }],
      },
    },
  );
  if (nameCodes.names === undefined) throw refusedAs(nameCodes);
}

function ruleOf(answer: { rule?: OpenRule }): OpenRule {
  if (answer.rule === undefined) throw refusedAs(answer);
  return answer.rule;
}

const refusedAs = (answer: object): Error =>
  new Error(`The demo was refused: ${JSON.stringify(answer)}`);
