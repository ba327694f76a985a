import type { Caller } from '../../../shared/graphql/caller.ts';
import { settle } from '../../../shared/workers.ts';
import { asMerchant, freshKey, type World } from '../../support/world.ts';

const REFUSED = '... on Refusal { code message }';

const MUTATIONS = {
  registerWebhook: 'WebhookRegistered { secret webhook { id url kinds state notice } }',
  rotateWebhookSecret: 'WebhookSecretRotated { secret webhook { id formerSecretUntil } }',
  enableWebhook: 'WebhookEnabled { webhook { id state notice } }',
  removeWebhook: 'WebhookRemoved { webhookId }',
  replayWebhook: 'WebhookReplayed { deliveries webhook { id } }',
};

type Options = Readonly<{ as?: Caller; locale?: 'en' | 'zh-CN' }>;

/** What a mutation of webhooks answers, asked by the merchant itself. */
export async function change(
  world: World,
  name: keyof typeof MUTATIONS,
  input: { merchantId: string } & Record<string, unknown>,
  options: Options = {},
) {
  const { data, errors } = await world.ask(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) {
      __typename ... on ${MUTATIONS[name]} ${REFUSED} } }`,
    { input: { idempotencyKey: freshKey(), ...input } },
    { as: asMerchant(input.merchantId), ...options },
  );
  return data?.[name] ?? { fault: errors?.[0]?.extensions.code, message: errors?.[0]?.message };
}

/** The webhooks of a merchant, as it sees them. */
export async function webhooksOf(world: World, merchantId: string, options: Options = {}) {
  const { webhooks } = await world.data(
    `query ($id: ID!) { webhooks(filter: { merchantId: { eq: $id } }, first: 10) {
      nodes { id url state notice failingSince } } }`,
    { id: merchantId },
    { as: asMerchant(merchantId), ...options },
  );
  return webhooks.nodes;
}

/** The log of a webhook, the first first: as `kind STATUS attempts lastStatus failure`. */
export async function log(world: World, merchantId: string, webhookId: string): Promise<string[]> {
  const { webhookDeliveries } = await world.data(
    `query ($id: ID!) { webhookDeliveries(
        filter: { webhookId: { eq: $id } }, orderBy: [{ field: happenedAt }], first: 50) {
      nodes { id kind status attempts lastStatus failure nextAttemptAt } } }`,
    { id: webhookId },
    { as: asMerchant(merchantId) },
  );
  return webhookDeliveries.nodes.map(
    // biome-ignore lint/suspicious/noExplicitAny: what the document above asks for.
    ({ kind, status, attempts, lastStatus, failure }: any) =>
      `${kind} ${status} ${attempts} ${lastStatus} ${failure}`,
  );
}

/** Lets everything be sent that is due. */
export const send = (world: World): Promise<void> =>
  settle(world.embedded.workers.filter(({ name }) => /webhook/.test(name)));

/** The code of the voucher of a redemption. */
export async function voucherOf(world: World, redemptionId: string): Promise<string> {
  const { redemption } = await world.data(
    'query ($id: ID!) { redemption(id: $id) { voucher { code } } }',
    { id: redemptionId },
  );
  return redemption.voucher.code;
}
