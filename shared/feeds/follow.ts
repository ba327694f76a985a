import type { EntityManager } from 'typeorm';
import type { SubgraphName } from '../addresses.ts';
import { execute } from '../database/database.ts';
import type { Dialect } from '../database/dialect.ts';
import { isConnectionLost, isRetryable } from '../database/errors.ts';
import type { Frame } from '../graphql/context.ts';
import { PeerFailure } from '../graphql/peers.ts';
import { toSafeInteger } from '../quantities.ts';
import { StandStill, type Worker } from '../workers.ts';

/** An event as a consumer gets it, with its payload read. */
export type FollowedEvent = Readonly<{
  position: number;
  kind: string;
  // biome-ignore lint/suspicious/noExplicitAny: the payload is read with a zod schema by the consumer.
  payload: any;
  at: Date;
}>;

export type Follow = Readonly<{
  /** The subgraph whose feed is followed. */
  feed: SubgraphName;
  /** Names the cursor. One consumer, one effect. */
  consumer: string;
  /** The effect of a page of events, in the transaction that also moves the cursor. */
  apply: (manager: EntityManager, events: readonly FollowedEvent[]) => Promise<void>;
}>;

const PAGE = 200;

/** As it is sent: the payload is JSON, the instant ISO 8601. */
type Sent = Readonly<{ position: number; kind: string; payload: string; at: string }>;

/** `merchants` has the field `merchantsFeed`, `points-ledger` has `pointsLedgerFeed`. */
export const feedField = (name: SubgraphName): string =>
  `${name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}Feed`;

/**
 * Follows another subgraph's feed. Events arrive at least once; their effect happens once, because
 * the cursor is moved in the same transaction, by whoever still finds it where the page began.
 *
 * An event that cannot be used is never passed over. Those before it have their effect, then a step
 * throws StandStill, which names feed and position, until the event or the consumer is mended.
 */
export function followFeed(frame: Frame, { feed, consumer, apply }: Follow): Worker {
  const field = feedField(feed);
  const query = `query ($after: SafeInt!, $first: Int!) {
    ${field}(after: $after, first: $first) { position kind payload at }
  }`;
  let isOut = false;
  /** Up to here events are applied one by one, because together they failed. */
  let singlyUpTo = 0;

  /** The next page, or null while the other subgraph is out of reach: then this rests, and says so once. */
  async function pageAfter(after: number): Promise<Sent[] | null> {
    try {
      const data = await frame.peers.ask<Record<string, Sent[]>>(feed, query, {
        after,
        first: after < singlyUpTo ? 1 : PAGE,
      });
      isOut = false;
      return data[field] ?? [];
    } catch (error) {
      if (!(error instanceof PeerFailure && error.isOutage)) throw error;
      if (!isOut) frame.logger.warn({ consumer, error }, 'a feed is out of reach and waited for');
      isOut = true;
      return null;
    }
  }

  async function step(): Promise<boolean> {
    const after = await cursorOf(frame.database.reader, consumer);
    const page = await pageAfter(after);
    if (page === null) return false;
    const last = page.at(-1);
    if (last === undefined) return false;
    try {
      await applyPage(page, after, last.position);
    } catch (error) {
      if (isRetryable(error) || isConnectionLost(error)) throw error;
      if (page.length === 1) {
        const event = `event ${last.position} (${last.kind}) of ${feed}`;
        throw new StandStill(`${consumer} stands still at ${event}`, { cause: error });
      }
      singlyUpTo = last.position;
      return true;
    }
    return page.length === PAGE || last.position <= singlyUpTo;
  }

  const applyPage = (page: readonly Sent[], after: number, upTo: number): Promise<void> =>
    frame.database.transaction(async (manager) => {
      const transaction = { manager, dialect: frame.database.dialect };
      if (!(await moveCursor(transaction, consumer, after, upTo))) return;
      await apply(manager, page.map(readEvent));
    });
  return { name: `${consumer} follows ${feed}`, restMs: 500, step };
}

const readEvent = (event: Sent): FollowedEvent => ({
  ...event,
  payload: JSON.parse(event.payload),
  at: new Date(event.at),
});

async function cursorOf(manager: EntityManager, consumer: string): Promise<number> {
  const [row] = await manager.query<{ position: unknown }[]>(
    'SELECT position FROM frame_feed_cursor WHERE consumer = ?',
    [consumer],
  );
  return row === undefined ? 0 : toSafeInteger(row.position);
}

/** False when another process has handled this page meanwhile. */
async function moveCursor(
  { manager, dialect }: Readonly<{ manager: EntityManager; dialect: Dialect }>,
  consumer: string,
  from: number,
  to: number,
): Promise<boolean> {
  if (from === 0) {
    // A new consumer: two processes may begin at the same instant, and one row is there for both.
    await execute(
      manager,
      `INSERT INTO frame_feed_cursor (consumer, position) VALUES (?, 0)
       ${dialect.onDuplicateKeep(['consumer'])}`,
      [consumer],
    );
  }
  const moved = await execute(
    manager,
    'UPDATE frame_feed_cursor SET position = ? WHERE consumer = ? AND position = ?',
    [to, consumer, from],
  );
  return moved === 1;
}
