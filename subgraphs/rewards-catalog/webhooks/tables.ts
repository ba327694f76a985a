import { createWebhooks } from '../migrations/1767225700031-create-webhooks.ts';
import { ageWebhookLog } from '../migrations/1767225700064-age-webhook-log.ts';
import { Webhook } from './entities/webhook.ts';
import { WebhookDelivery } from './entities/webhook-delivery.ts';

export const webhookEntities = [Webhook, WebhookDelivery];
export const webhookMigrations = [createWebhooks, ageWebhookLog];
