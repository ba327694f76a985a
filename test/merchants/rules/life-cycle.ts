import type { Caller } from '../../../shared/graphql/caller.ts';
import { freshKey, type World } from '../../support/world.ts';

type Asked = Readonly<{ as?: Caller; locale?: 'en' | 'zh-CN'; idempotencyKey?: string }>;
type Given = Readonly<Record<string, unknown>>;

/** Two people of one merchant, and so also of the operator: who drafts is not who stands for it. */
export const staff = (merchantId: string, name: string): Caller => ({
  subject: `staff:${name}`,
  roles: ['PUBLIC', 'MERCHANT'],
  memberId: null,
  merchantId,
});

export const secondOperator: Caller = {
  subject: 'operator:second',
  roles: ['PUBLIC', 'OPERATOR'],
  memberId: null,
  merchantId: null,
};

export const RULE = `id key version ruleVersion state effectiveAt endsAt commentUntil publishedAt
  withdrawReason worsens { code field }`;

const INVALID = '... on InvalidInput { field }';
const NOTICE = '... on NoticeTooShort { earliest days }';
const UNLAWFUL = `... on RuleOverlaps { otherRuleId }
  ... on NotLawful { findings { check severity field message source alternative } }`;

/** Asks one mutation of the life cycle. Answers its result; a fault as `{ fault }`. */
async function deed(
  world: World,
  name: string,
  fields: string,
  input: Given,
  { as, locale, idempotencyKey = freshKey() }: Asked,
) {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await world.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename
      ... on Refusal { code message } ${fields} } }`,
    { input: { idempotencyKey, ...input } },
    { ...(as && { as }), ...(locale && { locale }) },
  );
  return errors === undefined ? data[name] : { fault: errors[0]?.extensions.code };
}

const success = (type: string, fields = `rule { ${RULE} }`, refusals = INVALID) =>
  `... on ${type} { ${fields} } ${refusals}`;

/** The terms that a small shop writes: a point for a yuan, good for a year. */
export const PLAIN = {
  award: { rate: {} },
  expiry: { months: 12 },
  notice: {
    redemption: { zh: '在本店兑换。', en: 'Exchange them in the shop.' },
    limits: { zh: '没有其他限制。', en: 'There are no other limits.' },
    complaints: '400-000-0000',
  },
};

export const draftProgramme = (world: World, input: Given, asked: Asked = {}) =>
  deed(
    world,
    'draftProgramme',
    success('ProgrammeDrafted', `programme { id name } rule { ${RULE} }`),
    { name: { zh: '老张积分', en: "Zhang's points" }, rule: PLAIN, ...input },
    asked,
  );

export const draft = (world: World, input: Given, asked: Asked = {}) =>
  deed(world, 'draftAccrualRule', success('AccrualRuleDrafted'), { terms: PLAIN, ...input }, asked);

export const review = (world: World, ruleId: string, asked: Asked = { as: secondOperator }) =>
  deed(
    world,
    'reviewAccrualRule',
    success('AccrualRuleReviewed', undefined, ''),
    { ruleId },
    asked,
  );

export const publish = (
  world: World,
  ruleId: string,
  input: Given = {},
  asked: Asked = { as: secondOperator },
) =>
  deed(
    world,
    'publishAccrualRule',
    success('AccrualRulePublished', undefined, `${INVALID} ${NOTICE} ${UNLAWFUL}`),
    { ruleId, ...input },
    asked,
  );

const ENDED = `${success('AccrualRuleWithdrawn', `isProposed rule { ${RULE} }`)} ${NOTICE}`;

/** Takes a version back, or proposes the end of one that is in force. */
export const withdraw = (world: World, ruleId: string, input: Given = {}, asked: Asked = {}) =>
  deed(world, 'withdrawAccrualRule', ENDED, { ruleId, reason: 'A mistake', ...input }, asked);

export const confirmEnd = (world: World, ruleId: string, asked: Asked = { as: secondOperator }) =>
  deed(world, 'confirmAccrualRuleEnd', ENDED, { ruleId }, asked);

/** Announces the end of a rule that is in force: one person proposes it, another one confirms. */
export async function end(world: World, ruleId: string, input: Given = {}) {
  const answer = await withdraw(world, ruleId, input);
  return answer.isProposed ? confirmEnd(world, ruleId) : answer;
}

export const comment = (world: World, ruleId: string, text: string, asked: Asked) =>
  deed(
    world,
    'commentOnAccrualRule',
    success('RuleCommentRecorded', 'comment { id text }'),
    { ruleId, text },
    asked,
  );

export const acknowledge = (world: World, input: Given, asked: Asked) =>
  deed(
    world,
    'acknowledgeRule',
    success(
      'RuleAcknowledged',
      'acknowledgement { id language sha256 presentation at rule { id version } }',
    ),
    { presentation: 'POP_UP', ...input },
    asked,
  );

/** A rule as somebody sees it, or null. */
export async function ruleAs(world: World, id: string, asked: Asked = {}, fields = RULE) {
  const { accrualRule } = await world.data(
    `query ($id: ID!) { accrualRule(id: $id) { ${fields} } }`,
    { id },
    { ...(asked.as && { as: asked.as }), ...(asked.locale && { locale: asked.locale }) },
  );
  return accrualRule;
}

/** A version that is reviewed and can be published. */
export async function reviewed(world: World, input: Given): Promise<string> {
  const { rule, ...refusal } = await draft(world, input);
  if (rule === undefined) throw new Error(JSON.stringify(refusal));
  const answer = await review(world, rule.id);
  if (answer.rule === undefined) throw new Error(JSON.stringify(answer));
  return rule.id;
}

/** A published version, as it was answered. */
export async function published(world: World, input: Given, timing: Given = {}) {
  const answer = await publish(world, await reviewed(world, input), timing);
  if (answer.rule === undefined) throw new Error(JSON.stringify(answer));
  return answer.rule;
}

/** A programme that is in force: its id, which is the key of its basic rule, and the id of that version. */
export async function openProgramme(world: World, input: Given = {}) {
  const merchantId = await world.merchant({ programmes: [] });
  const drafted = await draftProgramme(world, { merchantId, ...input });
  if (drafted.rule === undefined) throw new Error(JSON.stringify(drafted));
  await review(world, drafted.rule.id);
  const answer = await publish(world, drafted.rule.id);
  if (answer.rule === undefined) throw new Error(JSON.stringify(answer));
  return {
    merchantId,
    programmeId: drafted.programme.id as string,
    ruleId: drafted.rule.id as string,
  };
}
