import type { EntityManager } from 'typeorm';
import { In, IsNull } from 'typeorm';
import { assert } from '../../../shared/assert.ts';
import { gathering } from '../../../shared/commands/gathering.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import { PeerFailure } from '../../../shared/graphql/peers.ts';
import type { Call } from '../../../shared/graphql/request.ts';
import type { Worker } from '../../../shared/workers.ts';
import { Posting, type PostingRow } from '../entities/posting.ts';
import { withAccrualEntries } from '../orders/queries/accrual-entries.ts';
import { markPosted, markRefused, putOff, putOffRefused } from './mark-postings.ts';

/** Tells the ledger what it has to be told. */
export type Poster = Readonly<{
  /**
   * Posts what waits for these purchases. When the ledger does not answer, it is left for the worker:
   * the purchases stand, and the ledger takes each posting once, by its key. What is in hand is not read again.
   */
  postOrLeave: (
    purchaseIds: readonly string[],
    call: Pick<Call, 'requestId' | 'deadline'>,
    inHand?: ReadonlyMap<string, readonly PostingRow[]>,
  ) => Promise<void>;
  /** Posts what was left. */
  worker: Worker;
}>;

type Ask = Pick<Call, 'requestId' | 'deadline'>;

const PURCHASES_MAX = 500;
/** How many requests are posted at once. */
const TOGETHER_MAX = 100;
const WORKER: Ask = { requestId: 'merchants-poster', deadline: null };
/** Finds one guilty purchase among 500 and more; a ledger that fails over everything is left alone. */
const FAILURES_IN_A_ROW_MAX = 32;

const POST = `mutation ($commands: [PointsCommandInput!]!) {
  postPoints(commands: $commands) { key status code }
}`;

type Leaving = Readonly<{
  purchaseIds: readonly string[];
  call: Ask;
  inHand: ReadonlyMap<string, readonly PostingRow[]>;
}>;

/** What several requests leave behind as one. Of a purchase that one of them has not in hand there may be more. */
function togetherOf(round: readonly Leaving[]): Leaving {
  const deadlines = round.map(({ call }) => call.deadline);
  const inHand = new Map(round.flatMap((one) => [...one.inHand]));
  for (const one of round) {
    for (const id of one.purchaseIds) if (!one.inHand.has(id)) inHand.delete(id);
  }
  return {
    purchaseIds: [...new Set(round.flatMap(({ purchaseIds }) => purchaseIds))],
    call: {
      requestId: round[0]?.call.requestId ?? WORKER.requestId,
      deadline:
        deadlines.reduce((a, b) => (a === null || b === null ? null : Math.max(a, b))) ?? null,
    },
    inHand,
  };
}

/** Throws PeerFailure. */
async function postNow(frame: Frame, { purchaseIds, call, inHand }: Leaving): Promise<void> {
  // An earlier answer to the same key names other purchases than those that were just written.
  const written = purchaseIds.flatMap((id) => inHand.get(id) ?? []);
  const others = purchaseIds.filter((id) => !inHand.has(id));
  await postInRounds(
    frame,
    [
      ...written.filter(({ owedBy }) => owedBy === null),
      ...(await waitingOf(frame.database.reader, others)),
    ],
    call,
  );
}

export function createPoster(frame: Frame): Poster {
  // What a request of this process is posting is not taken up by the worker as well. It would do no
  // harm, only work.
  const underWay = new Set<string>();

  // Those of many tills go to the ledger together; an import is large enough by itself.
  const postTogether = gathering<Leaving, void>(async (round) => {
    try {
      await postNow(frame, togetherOf(round));
      return round.map(() => Promise.resolve());
    } catch (error) {
      const mayBeOnes = error instanceof PeerFailure && isItsOwnFault(error) && round.length > 1;
      if (!mayBeOnes) throw error;
      const posted: Promise<void>[] = [];
      for (const one of round) {
        const alone = postNow(frame, one);
        posted.push(alone);
        await alone.catch(() => undefined);
      }
      return posted;
    }
  }, TOGETHER_MAX);

  const postOrLeave: Poster['postOrLeave'] = async (purchaseIds, call, inHand = new Map()) => {
    for (const id of purchaseIds) underWay.add(id);
    try {
      const leaving = { purchaseIds, call, inHand };
      await (purchaseIds.length === 1 ? postTogether(leaving) : postNow(frame, leaving));
    } catch (error) {
      if (!(error instanceof PeerFailure)) throw error;
      frame.logger.warn({ error }, 'points are posted later: the ledger did not take them');
    } finally {
      for (const id of purchaseIds) underWay.delete(id);
    }
  };

  async function step(): Promise<boolean> {
    const due = await longestDue(frame);
    const free = due.filter((id) => !underWay.has(id));
    if (free.length === 0) return false;
    await postApart(frame, free);
    return due.length === PURCHASES_MAX;
  }

  return { postOrLeave, worker: { name: 'merchants posts awards', restMs: 500, step } };
}

/**
 * Posts what waits for purchases. When the ledger answers that it failed over them together, they are
 * posted in halves, until those that are to blame stand alone: they are put off, and hold nobody up.
 * Throws PeerFailure when the ledger does not answer at all or fails over everything.
 */
async function postApart(frame: Frame, purchaseIds: readonly string[]): Promise<void> {
  let failuresInARow = 0;
  const parts = [purchaseIds];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    try {
      await postInRounds(frame, await waitingOf(frame.database.reader, part), WORKER);
      failuresInARow = 0;
    } catch (error) {
      if (!(error instanceof PeerFailure) || !isItsOwnFault(error)) throw error;
      failuresInARow += 1;
      const middle = Math.ceil(part.length / 2);
      if (part.length > 1) parts.push(part.slice(middle), part.slice(0, middle));
      else {
        frame.logger.error({ error, purchaseId: part[0] }, 'the ledger fails over a purchase');
        await putOff(frame, firstCauses(await waitingOf(frame.database.reader, part)));
      }
      if (failuresInARow >= FAILURES_IN_A_ROW_MAX) throw error;
    }
  }
}

/** Whether the ledger was there and failed: then what it was told may be to blame. */
const isItsOwnFault = ({ peerCode }: PeerFailure): boolean =>
  peerCode !== null && peerCode !== 'SUBGRAPH_UNAVAILABLE';

/**
 * Posts in rounds, in each of them one cause of each purchase: points are never taken back before
 * they were given. Throws PeerFailure when the ledger does not answer; what it took meanwhile is
 * marked, and the rest may be posted again.
 */
async function postInRounds(
  frame: Frame,
  postings: readonly PostingRow[],
  call: Ask,
): Promise<void> {
  let waiting = postings;
  while (waiting.length > 0) {
    const round = firstCauses(waiting);
    const stuck = await post(frame, round, call);
    const done = new Set(round);
    waiting = waiting.filter((one) => !done.has(one) && !stuck.has(one.purchaseId));
  }
}

/** The postings of the first cause of each purchase. They are ordered by purchase and position. */
function firstCauses(waiting: readonly PostingRow[]): PostingRow[] {
  const first = new Map<string, string>();
  for (const { purchaseId, causeId } of waiting) {
    if (!first.has(purchaseId)) first.set(purchaseId, causeId);
  }
  return waiting.filter(({ purchaseId, causeId }) => first.get(purchaseId) === causeId);
}

async function waitingOf(
  reader: EntityManager,
  purchaseIds: readonly string[],
): Promise<PostingRow[]> {
  if (purchaseIds.length === 0) return [];
  return reader.find(Posting, {
    where: { purchaseId: In([...purchaseIds]), state: 'WAITING', owedBy: IsNull() },
    order: { purchaseId: 'ASC', position: 'ASC' },
  });
}

/** The purchases of which nothing is put off, those first that could be posted the longest. */
async function longestDue({ database, clock }: Frame): Promise<string[]> {
  const rows = await database.reader.query<{ purchase_id: string }[]>(
    `SELECT purchase_id FROM merchants_posting WHERE state = 'WAITING' AND owed_by IS NULL
     GROUP BY purchase_id HAVING MAX(next_attempt_ms) <= ?
     ORDER BY MIN(next_attempt_ms), purchase_id LIMIT ?`,
    [clock.now().getTime(), PURCHASES_MAX],
  );
  return rows.map(({ purchase_id }) => purchase_id);
}

type Outcome = Readonly<{
  key: string;
  status: 'ACCEPTED' | 'REFUSED' | 'FAILED';
  code: string | null;
}>;

/** A wallet that is full has room again once points are spent: nothing she earned is lost. */
const isForNow = ({ code }: Outcome): boolean => code === 'POINTS_OVERFLOW';

/** What was to vest was taken back before, all of it. */
const isDone = ({ code }: Outcome): boolean => code === 'NOTHING_TO_VEST';

/** Answers the purchases that the ledger failed over or has no room for: they wait, with all that comes after. */
async function post(
  frame: Frame,
  round: readonly PostingRow[],
  call: Ask,
): Promise<ReadonlySet<string>> {
  const commands = await withAccrualEntries(frame, round, call);
  const { postPoints } = await frame.peers.ask<{ postPoints: Outcome[] }>(
    'points-ledger',
    POST,
    { commands },
    call,
  );
  assert(postPoints.length === commands.length, 'the ledger answers each command');
  const having = (status: Outcome['status']) => postPoints.filter((one) => one.status === status);
  const taken = postPoints.filter((one) => one.status === 'ACCEPTED' || isDone(one));
  await markPosted(
    frame,
    taken.map(({ key }) => key),
  );
  // Our own commands are never refused, unless a balance leaves the range: somebody has to look.
  const refusals = having('REFUSED').filter((one) => !isDone(one));
  for (const { key, code } of refusals) frame.logger.error({ key, code }, 'the ledger refused');
  for (const { key, code } of refusals.filter((one) => !isForNow(one))) {
    await markRefused(frame, key, code);
  }
  const failures = having('FAILED').map(({ key }) => key);
  if (failures.length > 0) frame.logger.warn({ keys: failures }, 'the ledger failed over postings');
  const ofKeys = (keys: ReadonlySet<string>) =>
    round.filter(({ postingKey }) => keys.has(postingKey));
  const refused = ofKeys(new Set(refusals.filter(isForNow).map(({ key }) => key)));
  const failed = ofKeys(new Set(failures));
  await putOffRefused(frame, refused);
  const later = [...failed, ...refused];
  await putOff(frame, failed);
  return new Set(later.map(({ purchaseId }) => purchaseId));
}
