import { migration } from '../../../shared/database/migrate.ts';

/** Deliveries of webhooks are forgotten by when they were sent at the latest. */
export const ageWebhookLog = migration('AgeWebhookLog1767225700064', [
  'CREATE INDEX rewards_webhook_delivery_expiring ON rewards_webhook_delivery (expires_ms)',
]);
