type Row = Readonly<Record<string, string | null>>;

/** The tables as they are. */
export type Tables = Readonly<
  Record<
    | 'redemptions'
    | 'vouchers'
    | 'returns'
    | 'refusedCompensations'
    | 'stocks'
    | 'slots'
    | 'bookings'
    | 'incidents'
    | 'incidentMembers'
    | 'cases'
    | 'events'
    | 'purchases'
    | 'entries'
    | 'holds'
    | 'breakage'
    | 'wallets',
    readonly Row[]
  >
>;

/** How many pieces of each reward, and places at its times, members have or have had for good. */
export type Courses = Readonly<{
  gone: ReadonlyMap<string, number>;
  places: ReadonlyMap<string, number>;
}>;

type Turn = Readonly<{ atMs: number }> &
  (
    | Readonly<{ kind: 'RETURNED'; quantity: number; isFault: boolean }>
    | Readonly<{ kind: 'SUBSTITUTED'; rewardId: string }>
  );

/** Goes through what happened to each redemption, in the order in which it did. */
export function coursesOf(tables: Tables): Courses {
  const gone = new Map<string, number>();
  const places = new Map<string, number>();
  const add = (to: Map<string, number>, id: string, count: number) =>
    to.set(id, (to.get(id) ?? 0) + count);
  const turns = turnsOf(tables);
  const used = new Map(tables.vouchers.map((row) => [row.redemption_id, row.used_ms]));
  const withPlace = new Set(tables.bookings.map((row) => row.redemption_id));
  for (const row of tables.redemptions) {
    if (row.state === 'CANCELLED') continue;
    let [rewardId, left, booked] = [
      String(row.reward_id),
      Number(row.quantity),
      Number(row.quantity),
    ];
    add(gone, rewardId, left);
    for (const turn of turns.get(String(row.id)) ?? []) {
      if (turn.kind === 'SUBSTITUTED') {
        add(gone, rewardId, -left);
        // What was at fault keeps its place.
        if (rewardId === row.reward_id) booked -= left;
        rewardId = turn.rewardId;
        add(gone, rewardId, left);
        continue;
      }
      left -= turn.quantity;
      const usedMs = used.get(String(row.id)) ?? null;
      const isReceived =
        row.fulfil_by_ms !== null || (usedMs !== null && Number(usedMs) <= turn.atMs);
      if (isReceived || turn.isFault) continue;
      if (rewardId === row.reward_id) booked -= turn.quantity;
      add(gone, rewardId, -turn.quantity);
    }
    if (withPlace.has(row.id)) add(places, String(row.reward_id), booked);
  }
  return { gone, places };
}

function turnsOf({ returns, cases, incidents, incidentMembers }: Tables): Map<string, Turn[]> {
  const doneMs = new Map(
    incidentMembers.map((row) => [`${row.incident_id} ${row.member_id}`, Number(row.done_ms)]),
  );
  const remedies = new Map(incidents.map(({ id, remedy }) => [id, JSON.parse(remedy ?? 'null')]));
  const all = [
    ...returns.map((row) => ({
      of: String(row.redemption_id),
      turn: {
        ...{ kind: 'RETURNED' as const, atMs: Number(row.requested_ms) },
        ...{ quantity: Number(row.quantity), isFault: row.grounds === 'PROVIDER_FAULT' },
      },
    })),
    ...cases.flatMap((row) => {
      if (row.effect !== 'SUBSTITUTED') return [];
      const atMs = doneMs.get(`${row.incident_id} ${row.member_id}`) ?? 0;
      const { rewardId } = remedies.get(row.incident_id);
      const turn = { kind: 'SUBSTITUTED' as const, atMs, rewardId: String(rewardId) };
      return [{ of: String(row.redemption_id), turn }];
    }),
  ];
  const byRedemption = new Map<string, Turn[]>();
  for (const { of, turn } of all.toSorted((a, b) => a.turn.atMs - b.turn.atMs)) {
    byRedemption.set(of, [...(byRedemption.get(of) ?? []), turn]);
  }
  return byRedemption;
}
