import type { EntityManager } from 'typeorm';
import { execute } from '../../../../shared/database/database.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import { type Attempt, isGone, isOutOfReach } from '../domain/outcome.ts';
import { FAILING_MS, nextAttempt } from '../domain/patience.ts';
import type { WebhookRow } from '../entities/webhook.ts';
import type { WebhookDeliveryRow } from '../entities/webhook-delivery.ts';

type Due = Pick<WebhookDeliveryRow, 'id' | 'attempts' | 'expiresAt'>;

/**
 * Writes down what came of an attempt, for the delivery and for its webhook. True when what comes next may be sent:
 * not while the receiver is out of reach, or when the webhook was switched off.
 */
export async function noteAttempt(
  frame: Frame,
  { id: webhookId }: Pick<WebhookRow, 'id'>,
  due: Due,
  attempt: Attempt,
): Promise<boolean> {
  const at = frame.clock.now();
  const next = attempt.failure === null ? null : nextAttempt(due, due.attempts + 1, at);
  const isOff = await switching(frame, webhookId, async (manager) => {
    await noteDelivery(manager, due, attempt, { at, next });
    if (attempt.failure === null) {
      await noteSuccess(manager, webhookId);
      return null;
    }
    await noteFailure(manager, webhookId, at, isOutOfReach(attempt) ? next : null);
    if (isGone(attempt)) return switchOff(manager, webhookId, 'GONE');
    return next === null ? switchOffFailing(manager, webhookId, at) : null;
  });
  return !isOff && !isOutOfReach(attempt);
}

/** Gives up a delivery whose time is over. True when what comes next may be sent. */
export async function giveUp(
  frame: Frame,
  { id: webhookId }: Pick<WebhookRow, 'id'>,
  { id }: Pick<Due, 'id'>,
): Promise<boolean> {
  const isOff = await switching(frame, webhookId, async (manager) => {
    await execute(
      manager,
      `UPDATE rewards_webhook_delivery SET status = 'GIVEN_UP' WHERE id = ? AND status = 'PENDING'`,
      [id],
    );
    return switchOffFailing(manager, webhookId, frame.clock.now());
  });
  return !isOff;
}

type Because = NonNullable<WebhookRow['disabledBecause']>;

/** Whether the work, in a transaction of its own, has switched the webhook off. Says so in the log. */
async function switching(
  { database, logger }: Frame,
  webhookId: string,
  work: (manager: EntityManager) => Promise<Because | null>,
): Promise<boolean> {
  const because = await database.transaction(work);
  if (because !== null) logger.warn({ webhookId, because }, 'a webhook was switched off');
  return because !== null;
}

/** Not when it was replayed or noted by another process meanwhile: that begins anew. */
async function noteDelivery(
  manager: EntityManager,
  { id, attempts }: Due,
  { status, failure }: Attempt,
  { at, next }: Readonly<{ at: Date; next: Date | null }>,
): Promise<void> {
  const became = failure === null ? 'DELIVERED' : next === null ? 'GIVEN_UP' : 'PENDING';
  await execute(
    manager,
    `UPDATE rewards_webhook_delivery SET status = ?, attempts = attempts + 1, attempted_ms = ?,
       next_attempt_ms = ?, last_status = ?, failure = ?
     WHERE id = ? AND status = 'PENDING' AND attempts = ?`,
    [became, at.getTime(), (next ?? at).getTime(), status, failure, id, attempts],
  );
}

const noteSuccess = (manager: EntityManager, webhookId: string) =>
  execute(
    manager,
    `UPDATE rewards_webhook SET failing_since_ms = NULL, rests_until_ms = 0
     WHERE id = ? AND failing_since_ms IS NOT NULL`,
    [webhookId],
  );

const noteFailure = (
  manager: EntityManager,
  webhookId: string,
  at: Date,
  restsUntil: Date | null,
) =>
  execute(
    manager,
    `UPDATE rewards_webhook SET failing_since_ms = COALESCE(failing_since_ms, ?),
       rests_until_ms = COALESCE(?, rests_until_ms) WHERE id = ?`,
    [at.getTime(), restsUntil?.getTime() ?? null, webhookId],
  );

/** When nothing has got through for days. */
const switchOffFailing = (manager: EntityManager, webhookId: string, at: Date) =>
  switchOff(manager, webhookId, 'NOTHING_GETS_THROUGH', at.getTime() - FAILING_MS);

/** With `failingSince`: only if nothing has got through since then. Why it was switched off, or null. */
async function switchOff(
  manager: EntityManager,
  webhookId: string,
  because: Because,
  failingSince: number | null = null,
): Promise<Because | null> {
  const changed = await execute(
    manager,
    `UPDATE rewards_webhook SET state = 'DISABLED', disabled_because = ?
     WHERE id = ? AND state = 'ACTIVE' ${failingSince === null ? '' : 'AND failing_since_ms <= ?'}`,
    [because, webhookId, ...(failingSince === null ? [] : [failingSince])],
  );
  return changed === 1 ? because : null;
}
