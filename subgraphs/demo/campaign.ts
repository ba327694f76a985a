import type { Ask } from '../alliance.ts';

/** Twice the points on dresses (S23), in the words of the shop. */
const CAMPAIGN = {
  title: { zh: '连衣裙积分加倍', en: 'Double points on dresses' },
  award: { multiplier: { numerator: 2, denominator: 1 }, group: 'campaign' },
  condition: { categories: ['dress'] },
  caps: { perMember: 5_000, budget: 1_000_000 },
  expiry: { months: 18 },
};

/**
 * Takes the campaign of the clothes shop through its whole life cycle: one person drafts it, another one reviews
 * and publishes it. It only gives, so it holds at once.
 */
export async function openCampaign(ask: Ask, second: Ask, merchantId: string): Promise<void> {
  await nameCategories(ask, merchantId);
  const { merchant } = await ask('query ($id: ID!) { merchant(id: $id) { programmes { id } } }', {
    id: merchantId,
  });
  const { draftAccrualRule } = await ask(
    `mutation ($input: DraftAccrualRuleInput!) { draftAccrualRule(input: $input) {
      ... on AccrualRuleDrafted { rule { id } } ... on Refusal { code message } } }`,
    {
      input: {
        idempotencyKey: 'demo:campaign:draft',
        programmeId: merchant.programmes[0].id,
        terms: CAMPAIGN,
      },
    },
  );
  const ruleId = ruleOf(draftAccrualRule);
  const { reviewAccrualRule } = await second(
    `mutation ($input: ReviewAccrualRuleInput!) { reviewAccrualRule(input: $input) {
      ... on AccrualRuleReviewed { rule { id } } ... on Refusal { code message } } }`,
    { input: { idempotencyKey: 'demo:campaign:review', ruleId } },
  );
  ruleOf(reviewAccrualRule);
  const { publishAccrualRule } = await second(
    `mutation ($input: PublishAccrualRuleInput!) { publishAccrualRule(input: $input) {
      ... on AccrualRulePublished { rule { id } } ... on Refusal { code message } } }`,
    { input: { idempotencyKey: 'demo:campaign:publish', ruleId } },
  );
  ruleOf(publishAccrualRule);
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

function ruleOf(answer: { rule?: { id: string } }): string {
  if (answer.rule === undefined) throw refusedAs(answer);
  return answer.rule.id;
}

const refusedAs = (answer: object): Error =>
  new Error(`The demo was refused: ${JSON.stringify(answer)}`);
