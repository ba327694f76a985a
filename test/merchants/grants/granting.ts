import type { Caller } from '../../../shared/graphql/caller.ts';
import { freshKey, type World } from '../../support/world.ts';
import { openProgramme, PLAIN, published } from '../rules/life-cycle.ts';
import { deed } from '../standing.ts';

type Given = Readonly<Record<string, unknown>>;
type Asked = Readonly<{ as?: Caller; locale?: 'en' | 'zh-CN' }>;

const GRANT = `id causeKind causeId points isPosted expiresOn vestsOn reasons { code message }
  rule { ruleVersion } programme { unit } issuer { id } member { id }`;

/** A merchant with a programme, and a rule of it in force for the trigger. */
export async function openRule(world: World, terms: Given) {
  const programme = await openProgramme(world);
  return { ...programme, ...(await addRule(world, programme.programmeId, terms)) };
}

/** One more rule of a programme, in force at once. Its version as the disclosure names it. */
export async function addRule(world: World, programmeId: string, terms: Given) {
  const { trigger } = terms;
  const rule = await published(world, {
    programmeId,
    terms: {
      ...PLAIN,
      title: { zh: `规则 ${trigger}`, en: `Rule ${trigger}` },
      award: { points: 20 },
      // What no purchase pays for needs a budget.
      caps: { budget: 1_000 },
      ...terms,
    },
  });
  return { grantRuleId: rule.id as string, ruleVersion: rule.ruleVersion as string };
}

/** What `recordEngagement` answers. The default is the lecture L-1. */
export const engage = (world: World, input: Given, asked: Asked = {}) =>
  deed(
    world,
    'recordEngagement',
    `... on EngagementRecorded { engagement { id kind eventId grants { ${GRANT} } } }
     ... on NothingToGrant { reasons { code message } } ... on InvalidInput { field }`,
    { kind: 'LECTURE', eventId: 'L-1', ...input },
    asked,
  );

const APPRECIATION = `id state members points lowestPoints highestPoints grantedMembers grantedPoints
  cost { amountMinor } paid { amountMinor } tiers { tier weight }`;
const CHANGED = `... on AppreciationChanged { appreciation { ${APPRECIATION} } }`;
const TOO_MUCH = `... on AboveRebateCeiling { points ceilingPoints paidMinor }
  ... on AboveCover { points coverLeft }`;

export const propose = (world: World, ruleId: string, input: Given = {}, asked: Asked = {}) =>
  deed(
    world,
    'proposeAppreciation',
    `${CHANGED} ${TOO_MUCH} ... on PeriodNotOver { until } ... on InvalidInput { field }`,
    { ruleId, ...input },
    asked,
  );

export const approve = (world: World, appreciationId: string, asked: Asked = {}) =>
  deed(world, 'grantAppreciation', `${CHANGED} ${TOO_MUCH}`, { appreciationId }, asked);

export const drop = (world: World, appreciationId: string, asked: Asked = {}) =>
  deed(world, 'dropAppreciation', CHANGED, { appreciationId }, asked);

/** An appreciation as somebody sees it, or null. */
export async function appreciationAs(world: World, id: string, as?: Caller) {
  const { appreciation } = await world.data(
    `query ($id: ID!) { appreciation(id: $id) { ${APPRECIATION} } }`,
    { id },
    as && { as },
  );
  return appreciation;
}

export async function preview(world: World, ruleId: string) {
  const { appreciationPreview } = await world.data(
    `query ($ruleId: ID!) { appreciationPreview(ruleId: $ruleId) { members budget share points
      cost { amountMinor } paid { amountMinor } ceilingPoints coverLeft } }`,
    { ruleId },
  );
  return appreciationPreview;
}

/** The grants that somebody sees, by member. */
export async function grantsAs(world: World, filter: Given = {}, as?: Caller) {
  const { grants } = await world.data(
    `query ($filter: GrantFilter) { grants(first: 100, filter: $filter) { nodes { ${GRANT} } } }`,
    { filter },
    as && { as },
  );
  return grants.nodes;
}

/** The terms of a rule that shares a budget out for a period that was over on 20 November 2026. */
export const sharing = ({
  budget = 100,
  most = 50,
  from = '2026-11-01T00:00:00Z',
  until = '2026-11-20T00:00:00Z',
  weights,
  ...terms
}: Given & {
  budget?: number;
  most?: number;
  from?: string;
  until?: string;
  /** Of tiers, which alone take part then. */
  weights?: Readonly<Record<string, number>>;
}) => ({
  trigger: 'APPRECIATION',
  appreciation: 'FIXED_BUDGET',
  award: { points: most },
  caps: { budget },
  condition: { from, until, ...(weights && { tiers: Object.keys(weights) }) },
  ...(weights && {
    tierWeights: Object.entries(weights).map(([tier, weight]) => ({ tier, weight })),
  }),
  ...terms,
});

/** A purchase in the period of `sharing`. */
export const buyThen = (world: World, input: Given) =>
  deed(world, 'recordPurchase', '... on PurchaseRecorded { purchase { id } }', {
    orderNumber: freshKey(),
    purchasedAt: '2026-11-10T00:00:00Z',
    lines: [{ sku: 'A', amountMinor: 10_000 }],
    ...input,
  });
