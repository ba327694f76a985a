import type { Caller } from '../../../shared/graphql/caller.ts';
import type { Locale } from '../../../shared/graphql/wording.ts';
import { freshKey, operator, type World } from '../../support/world.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;

type Options = { as?: Caller; locale?: Locale };

const INCIDENT = `fragment I on Incident { id state members redemptions proposal
  merchant { id } cause rewards { id } remedy { kind days points unit validDays reward { id } }
  progress { members refused vouchers points } finishedAt }`;

const REFUSAL = '... on InvalidInput { field } ... on Refusal { code message }';

const mutation = (name: string, input: string, done: string) => `${INCIDENT}
  mutation ($input: ${input}!) { ${name}(input: $input) { __typename ${REFUSAL}
    ... on ${done} { incident { ...I } } } }`;

const PREVIEW = `query ($id: ID!, $remedy: RemedyInput!) { previewRemedy(incidentId: $id, remedy: $remedy) {
  __typename ${REFUSAL} ... on RemedyPreview { members redemptions vouchers lapsedPoints
    costs { merchant { id } points unit owes { amountMinor currency } pieces
      worth { amountMinor currency } } } } }`;

/** A second person of the operator. */
export const colleague: Caller = { ...operator, subject: 'operator:second' };

/** What is asked of incidents, as an operator unless said otherwise. */
export const asking = (world: World) => ({
  declare: async (input: object, options: Options = {}): Promise<Data> =>
    (
      await world.data(
        mutation('declareIncident', 'DeclareIncidentInput', 'IncidentDeclared'),
        {
          input: {
            idempotencyKey: freshKey(),
            cause: { zh: '收银系统故障', en: 'The tills were down' },
            ...input,
          },
        },
        options,
      )
    ).declareIncident,
  preview: async (id: string, remedy: object, options: Options = {}): Promise<Data> =>
    (await world.data(PREVIEW, { id, remedy }, options)).previewRemedy,
  propose: async (incidentId: string, remedy: object, options: Options = {}): Promise<Data> =>
    (
      await world.data(
        mutation('proposeRemedy', 'ProposeRemedyInput', 'RemedyProposed'),
        { input: { idempotencyKey: freshKey(), incidentId, remedy } },
        options,
      )
    ).proposeRemedy,
  apply: async (
    incidentId: string,
    proposal: number,
    { key = freshKey(), as = colleague }: { key?: string; as?: Caller } = {},
  ): Promise<Data> =>
    (
      await world.data(
        mutation('applyRemedy', 'ApplyRemedyInput', 'RemedyApplied'),
        { input: { idempotencyKey: key, incidentId, proposal } },
        { as },
      )
    ).applyRemedy,
  withdraw: async (incidentId: string, options: Options = {}): Promise<Data> =>
    (
      await world.data(
        `${INCIDENT} mutation ($input: WithdrawIncidentInput!) { withdrawIncident(input: $input) {
          __typename ... on Refusal { code message } ... on IncidentWithdrawn { incident { ...I } } } }`,
        { input: { idempotencyKey: freshKey(), incidentId } },
        options,
      )
    ).withdrawIncident,
  incident: async (id: string, options: Options = {}): Promise<Data> =>
    (
      await world.data(
        `${INCIDENT} query ($id: ID!) { incident(id: $id) { ...I } }`,
        { id },
        options,
      )
    ).incident,
  voucher: async (redemptionId: string, options: Options = {}): Promise<Data> =>
    (
      await world.data(
        `query ($id: ID!) { redemption(id: $id) {
          voucher { code validUntil substitute { id } }
          remedies { kind cause from until appliedAt points unit validUntil reward { id } } } }`,
        { id: redemptionId },
        options,
      )
    ).redemption,
});

/** A member with points for so many of a reward. */
export async function memberFor(world: World, merchantId: string, redemptions = 1) {
  const memberId = await world.member();
  await world.purchase({ merchantId, memberId, amountMinor: 10_000 * redemptions });
  return memberId;
}

/** A redemption of a member of hers, completed. */
export async function redeemed(world: World, memberId: string, rewardId: string) {
  const { redemption } = await world.redeem({ memberId, rewardId });
  return String(redemption.id);
}
