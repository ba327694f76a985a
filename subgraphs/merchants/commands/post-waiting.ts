import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { assert } from '../../../shared/assert.ts';
import { execute } from '../../../shared/database/database.ts';
import { placeholders } from '../../../shared/database/rows.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import { PeerFailure } from '../../../shared/graphql/peers.ts';
import type { Call } from '../../../shared/graphql/request.ts';
import type { Worker } from '../../../shared/workers.ts';
import { Posting, type PostingRow } from '../entities/posting.ts';

/** Tells the ledger what it has to be told. */
export type Poster = Readonly<{
  /**
   * Posts what waits for these purchases. When the ledger does not answer, it is left for the worker:
   * the purchases stand, and the ledger takes each posting once, by its key.
   */
  postOrLeave: (
    purchaseIds: readonly string[],
    call: Pick<Call, 'requestId' | 'deadline'>,
  ) => Promise<void>;
  /** Posts what was left. */
  worker: Worker;
}>;

type Ask = Pick<Call, 'requestId' | 'deadline'>;

const PURCHASES_MAX = 500;

const POST = `mutation ($commands: [PointsCommandInput!]!) {
  postPoints(commands: $commands) { key status code }
}`;

export function createPoster(frame: Frame): Poster {
  // What a request of this process is posting is not taken up by the worker as well. It would do no
  // harm, only work.
  const underWay = new Set<string>();

  async function postOrLeave(purchaseIds: readonly string[], call: Ask): Promise<void> {
    for (const id of purchaseIds) underWay.add(id);
    try {
      await postWaiting(frame, purchaseIds, call);
    } catch (error) {
      if (!(error instanceof PeerFailure)) throw error;
      frame.logger.warn({ error }, 'points are posted later: the ledger did not take them');
    } finally {
      for (const id of purchaseIds) underWay.delete(id);
    }
  }

  async function step(): Promise<boolean> {
    const waiting = await oldestWaiting(frame.database.reader);
    const free = waiting.filter((id) => !underWay.has(id));
    if (free.length === 0) return false;
    await postWaiting(frame, free, { requestId: 'merchants-poster', deadline: null });
    return waiting.length === PURCHASES_MAX;
  }

  return { postOrLeave, worker: { name: 'merchants posts awards', restMs: 500, step } };
}

/**
 * Posts in rounds, in each of them one cause of each purchase: points are never taken back before
 * they were given. Throws PeerFailure when the ledger does not answer; what it took meanwhile is
 * marked, and the rest may be posted again.
 */
async function postWaiting(frame: Frame, purchaseIds: readonly string[], call: Ask): Promise<void> {
  if (purchaseIds.length === 0) return;
  let waiting = await waitingOf(frame.database.reader, purchaseIds);
  while (waiting.length > 0) {
    const first = new Map<string, string>();
    for (const { purchaseId, causeId } of waiting) {
      if (!first.has(purchaseId)) first.set(purchaseId, causeId);
    }
    const round = waiting.filter(({ purchaseId, causeId }) => first.get(purchaseId) === causeId);
    await post(frame, round, call);
    const done = new Set(round);
    waiting = waiting.filter((posting) => !done.has(posting));
  }
}

const waitingOf = (reader: EntityManager, purchaseIds: readonly string[]): Promise<PostingRow[]> =>
  reader.find(Posting, {
    where: { purchaseId: In([...purchaseIds]), state: 'WAITING' },
    order: { purchaseId: 'ASC', position: 'ASC' },
  });

async function oldestWaiting(reader: EntityManager): Promise<string[]> {
  const rows = await reader.query<{ purchase_id: string }[]>(
    `SELECT purchase_id FROM merchants_posting WHERE state = 'WAITING'
     GROUP BY purchase_id ORDER BY MIN(recorded_ms), purchase_id LIMIT ?`,
    [PURCHASES_MAX],
  );
  return rows.map(({ purchase_id }) => purchase_id);
}

type Outcome = Readonly<{ key: string; status: 'ACCEPTED' | 'REFUSED'; code: string | null }>;

async function post(frame: Frame, round: readonly PostingRow[], call: Ask): Promise<void> {
  const commands = round.map(({ command }) => command);
  const { postPoints } = await frame.peers.ask<{ postPoints: Outcome[] }>(
    'points-ledger',
    POST,
    { commands },
    call,
  );
  assert(postPoints.length === commands.length, 'the ledger answers each command');
  const accepted = postPoints.filter(({ status }) => status === 'ACCEPTED').map(({ key }) => key);
  const refused = postPoints.filter(({ status }) => status === 'REFUSED');
  await frame.database.transaction(async (manager) => {
    if (accepted.length > 0) {
      await execute(
        manager,
        `UPDATE merchants_posting SET state = 'POSTED'
         WHERE posting_key IN (${placeholders(accepted.length)})`,
        accepted,
      );
    }
    for (const { key, code } of refused) {
      await execute(
        manager,
        "UPDATE merchants_posting SET state = 'REFUSED', refusal = ? WHERE posting_key = ?",
        [code, key],
      );
    }
  });
  // Our own commands are never refused, unless a balance leaves the range: somebody has to look.
  for (const { key, code } of refused) frame.logger.error({ key, code }, 'the ledger refused');
}
