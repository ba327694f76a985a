import { assert } from '../../../../shared/assert.ts';
import { addDays, dayOf, parseIsoDay } from '../../../../shared/calendar.ts';
import type { Peers } from '../../../../shared/graphql/peers.ts';
import { type Lapse, lapseDays } from '../domain/lapse.ts';
import type { IncidentRow } from '../entities/incident.ts';

/** What the next events of the ledger's feed say, and up to where they were read. */
export type LapsePage = Readonly<{ lapses: readonly Lapse[]; position: number; isLast: boolean }>;

type Sent = Readonly<{ position: number; kind: string; payload: string; at: string }>;

const FEED = `query ($after: SafeInt!, $first: Int!) {
  pointsLedgerFeed(after: $after, first: $first) { position kind payload at } }`;

const PAGE = 500;

/**
 * Points of the merchant that lapsed in the window, from the notice that the ledger gives on the day before. What was
 * spent on that day is in it too: the ledger finds nothing to extend then. Pools of families are left out. Throws
 * PeerFailure when the ledger does not answer.
 */
export async function nextLapses(peers: Peers, incident: IncidentRow): Promise<LapsePage> {
  const days = lapseDays(incident);
  assert(days !== null && incident.lapsePosition !== null, 'a day began in the window');
  const read = async (after: number, first: number): Promise<Sent[]> =>
    (await peers.ask<{ pointsLedgerFeed: Sent[] }>('points-ledger', FEED, { after, first }))
      .pointsLedgerFeed;
  const dayOfEvent = ({ at }: Sent) => dayOf(new Date(at));
  const isEarly = (event: Sent | undefined): boolean =>
    event !== undefined && dayOfEvent(event) < addDays(days.first, -1);
  const after =
    incident.lapsePosition > 0
      ? incident.lapsePosition
      : await lastBefore(async (position) => isEarly((await read(position, 1))[0]));
  const events = await read(after, PAGE);
  const inTime = events.filter((event) => dayOfEvent(event) < days.last);
  const lapses = inTime.flatMap((event) => lapseOf(event, incident, days));
  const position = events.at(-1)?.position ?? after;
  return { lapses, position, isLast: events.length < PAGE || inTime.length < events.length };
}

/** The greatest position behind which the next event is still too early, and one more; 0: none is. */
async function lastBefore(isEarlyAfter: (position: number) => Promise<boolean>): Promise<number> {
  if (!(await isEarlyAfter(0))) return 0;
  let [low, high] = [0, 1];
  while (await isEarlyAfter(high)) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await isEarlyAfter(middle)) low = middle;
    else high = middle;
  }
  return high;
}

function lapseOf(
  { kind, payload }: Sent,
  { merchantId }: IncidentRow,
  { first, last }: Readonly<{ first: number; last: number }>,
): Lapse[] {
  if (kind !== 'points.expiring') return [];
  const { walletId, unit, issuerId, points, expiresOn, days } = JSON.parse(payload);
  const day = parseIsoDay(expiresOn);
  const isIts = issuerId === merchantId && days === 1 && day >= first && day <= last;
  if (!isIts || walletId.startsWith('pool:')) return [];
  return [{ memberId: walletId, unit, expiresOn: day, points }];
}
