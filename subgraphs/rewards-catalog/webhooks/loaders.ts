import { type EntityManager, In } from 'typeorm';
import { batchByKey } from '../../../shared/graphql/batch.ts';
import { Webhook, type WebhookRow } from './entities/webhook.ts';

export const createWebhookLoaders = (reader: EntityManager) => ({
  webhookById: batchByKey<WebhookRow>(
    ({ id }) => id,
    (ids) => reader.findBy(Webhook, { id: In(ids) }),
  ),
});
