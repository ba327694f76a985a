import { assert } from '../../../shared/assert.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../schema.generated.ts';
import { sentence } from '../wording.ts';
import { asOwner, register, rotate, secretShown } from './around-commands.ts';
import { replayWebhook } from './commands/replay-webhook.ts';
import { enableWebhook, removeWebhook } from './commands/switch-webhook.ts';
import type { WebhookRow } from './entities/webhook.ts';
import { webhookDeliveriesList, webhooksList } from './lists.ts';
import { visibleWebhooks } from './queries/ownership.ts';

export const webhookQueries = {
  webhooks: async (_, args, context) => {
    const { sql, parameters } = await visibleWebhooks(context);
    return readPage(webhooksList, {
      reader: context.database.reader,
      cursorKey: context.keys.cursor,
      args,
      visible: { sql: `${sql} AND row.state <> 'REMOVED'`, parameters },
    });
  },
  webhookDeliveries: async (_, args, context) =>
    readPage(webhookDeliveriesList, {
      reader: context.database.reader,
      cursorKey: context.keys.cursor,
      args,
      visible: await visibleWebhooks(context),
    }),
} satisfies Resolvers['Query'];

export const webhookMutations = {
  registerWebhook: (_, { input }, context) => register(context, input),
  rotateWebhookSecret: (_, { input }, context) => rotate(context, input),
  enableWebhook: (_, { input }, context) => asOwner(context, enableWebhook, input),
  removeWebhook: (_, { input }, context) => asOwner(context, removeWebhook, input),
  replayWebhook: (_, { input }, context) => asOwner(context, replayWebhook, input),
} satisfies Resolvers['Mutation'];

type Of = Readonly<{ webhookId: string }>;

const webhook = ({ webhookId }: Of, _: unknown, context: Context) => webhookOf(context, webhookId);

const secret = async (
  { webhookId, secretNumber }: Of & Readonly<{ secretNumber: number }>,
  _: unknown,
  context: Context,
) => secretShown(context, await webhookOf(context, webhookId), secretNumber);

export const webhookTypes = {
  Webhook: {
    merchant: ({ merchantId }) => ({ id: merchantId }),
    kinds: ({ kinds }) => [...kinds],
    // One that an outcome names may have been removed since: then it is as good as switched off.
    state: ({ state }) => (state === 'ACTIVE' ? 'ACTIVE' : 'DISABLED'),
    notice: ({ disabledBecause, failingSince }, _, { locale }) => {
      if (disabledBecause !== null) return sentence(`WEBHOOK_${disabledBecause}`, locale, {});
      if (failingSince === null) return null;
      return sentence('WEBHOOK_FAILING', locale, { since: failingSince.toISOString() });
    },
    formerSecretUntil: ({ formerUntil }, _, { clock }) =>
      formerUntil !== null && formerUntil > clock.now() ? formerUntil : null,
  },
  WebhookDelivery: {
    nextAttemptAt: ({ status, nextAttemptAt }) => (status === 'PENDING' ? nextAttemptAt : null),
  },
  WebhookRegistered: { webhook, secret },
  WebhookSecretRotated: { webhook, secret },
  WebhookEnabled: { webhook },
  WebhookReplayed: { webhook },
} satisfies Partial<Resolvers>;

/** The webhook of an outcome. None is ever deleted. */
async function webhookOf({ loaders }: Context, id: string): Promise<WebhookRow> {
  const found = await loaders.webhookById.load(id);
  assert(found, `webhook ${id} of an outcome exists`);
  return found;
}
