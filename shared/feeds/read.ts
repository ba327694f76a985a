import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../quantities.ts';

/** One event as it leaves a subgraph (`FeedEvent` of the schema). */
export type FeedEvent = Readonly<{ position: number; kind: string; payload: string; at: Date }>;

const PAGE_MAX = 1_000;

/** The events after a position, in order. Answers the field `<subgraph>Feed` of each subgraph. */
export async function readFeed(
  reader: EntityManager,
  { after, first }: Readonly<{ after: number; first: number }>,
): Promise<FeedEvent[]> {
  const rows = await reader.query<
    Record<'position' | 'kind' | 'payload' | 'recorded_ms', string>[]
  >(
    `SELECT position, kind, payload, recorded_ms FROM frame_feed_event
     WHERE position > ? ORDER BY position LIMIT ?`,
    [after, Math.max(1, Math.min(first, PAGE_MAX))],
  );
  return rows.map((row) => ({
    position: toSafeInteger(row.position),
    kind: row.kind,
    payload: row.payload,
    at: new Date(toSafeInteger(row.recorded_ms)),
  }));
}
