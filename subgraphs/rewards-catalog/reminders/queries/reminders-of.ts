import DataLoader from 'dataloader';
import { In, MoreThan } from 'typeorm';
import { dayOf } from '../../../../shared/calendar.ts';
import type { Context } from '../../context.ts';
import { KEPT_MS } from '../domain/idle.ts';
import { Reminder, type ReminderRow } from '../entities/reminder.ts';
import { agreedSince } from './ask-peers.ts';

const SHOWN_MAX = 50;

const loaders = new WeakMap<object, DataLoader<string, ReminderRow[]>>();

/**
 * What a member is reminded of, the newest first: made since she agreed to be written to, as she does at this moment
 * (R23), of points that have not lapsed yet. Of several members one statement and one question. Throws PeerFailure
 * when members does not answer.
 */
export function remindersOf(context: Context, memberId: string): Promise<ReminderRow[]> {
  const loader = loaders.get(context) ?? new DataLoader((ids) => load(context, ids));
  loaders.set(context, loader);
  return loader.load(memberId);
}

async function load(context: Context, ids: readonly string[]): Promise<ReminderRow[][]> {
  const at = context.clock.now();
  const agreed = await agreedSince(context, ids);
  const found = await context.database.reader.find(Reminder, {
    where: { memberId: In([...agreed.keys()]), madeAt: MoreThan(new Date(at.getTime() - KEPT_MS)) },
    order: { madeAt: 'DESC', id: 'DESC' },
  });
  const byMember = Map.groupBy(found, ({ memberId }) => memberId);
  return ids.map((id) => {
    const since = agreed.get(id);
    const hers = (byMember.get(id) ?? []).filter(
      ({ madeAt, expiresOn }) =>
        since !== undefined && madeAt > since && (expiresOn === null || dayOf(at) < expiresOn),
    );
    return hers.slice(0, SHOWN_MAX);
  });
}
