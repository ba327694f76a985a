import type { ListSpec } from '../../../shared/query-kit/list.ts';
import { Webhook, type WebhookRow } from './entities/webhook.ts';
import { WebhookDelivery, type WebhookDeliveryRow } from './entities/webhook-delivery.ts';

export const webhooksList: ListSpec<WebhookRow> = {
  type: 'Webhook',
  field: 'webhooks',
  description: 'Webhooks: those of a merchant for its owners, all for the operator.',
  entity: Webhook,
  requires: [['MERCHANT'], ['OPERATOR']],
  fields: {
    id: { type: 'ID', isFilter: true },
    merchantId: { type: 'ID', isFilter: true },
    state: { type: { enum: 'WebhookState' }, isFilter: true },
    createdAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'createdAt', direction: 'DESC' },
};

export const webhookDeliveriesList: ListSpec<WebhookDeliveryRow> = {
  type: 'WebhookDelivery',
  field: 'webhookDeliveries',
  description:
    'What was sent, and what became of it: that of a merchant for its owners, all for the operator.',
  entity: WebhookDelivery,
  requires: [['MERCHANT'], ['OPERATOR']],
  fields: {
    id: { type: 'ID', isFilter: true },
    webhookId: { type: 'ID', isFilter: true },
    merchantId: { type: 'ID', isFilter: true },
    kind: { type: { enum: 'WebhookKind' }, isFilter: true },
    status: { type: { enum: 'WebhookDeliveryStatus' }, isFilter: true },
    happenedAt: { type: 'DateTime', isFilter: true, isOrder: true },
  },
  order: { field: 'happenedAt', direction: 'DESC' },
};
