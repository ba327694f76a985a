import { verifyBooks } from '../../../subgraphs/points-ledger/queries/verify-books.ts';
import { Reckoning } from '../../journeys/reckoning.ts';
import type { World } from '../../support/world.ts';
import { withBooks } from '../stocks.ts';
import { coursesOf, type Tables } from './courses.ts';
import type { Scene } from './scene.ts';

/** Everything that does not fit together once all has come to rest, past all of our code; nothing when all is well. */
export async function reckon(
  { databaseUrl, clock }: Pick<World, 'databaseUrl' | 'clock'>,
  scene: Scene,
): Promise<string[]> {
  await using databases = await Reckoning.open(databaseUrl);
  const tables = await readTables(databases);
  const courses = coursesOf(tables);
  return [
    ...pointsAgree(tables),
    ...returnsAgree(tables),
    ...vouchersAgree(tables),
    ...stockAgrees(tables, scene, courses.gone),
    ...placesAgree(tables, courses.places),
    ...incidentsAgree(tables),
    ...feedAgrees(tables),
    ...walletsAgree(tables),
    ...(await withBooks({ databaseUrl }, ({ reader }) => verifyBooks(reader, { clock }))),
  ];
}

async function readTables(databases: Reckoning): Promise<Tables> {
  const rewards = (sql: string) => databases.rows('rewards-catalog', sql);
  const ledger = (sql: string) => databases.rows('points-ledger', sql);
  return {
    redemptions: await rewards('SELECT * FROM rewards_redemption ORDER BY id'),
    vouchers: await rewards('SELECT * FROM rewards_voucher'),
    returns: await rewards('SELECT * FROM rewards_return ORDER BY requested_ms'),
    refusedCompensations: await rewards(
      "SELECT redemption_id FROM rewards_redemption_event WHERE kind = 'COMPENSATION_REFUSED'",
    ),
    stocks: await rewards('SELECT id, stock FROM rewards_reward'),
    slots: await rewards('SELECT reward_id, taken FROM rewards_slot'),
    bookings: await rewards('SELECT redemption_id FROM rewards_booking'),
    incidents: await rewards('SELECT * FROM rewards_incident'),
    incidentMembers: await rewards('SELECT * FROM rewards_incident_member'),
    cases: await rewards('SELECT * FROM rewards_incident_case WHERE effect IS NOT NULL'),
    events: await rewards('SELECT kind, payload FROM frame_feed_event'),
    purchases: await databases.rows('merchants', 'SELECT id FROM merchants_purchase'),
    entries: await ledger(
      `SELECT kind, wallet_id, unit, points, cause_kind, cause_id, hold_id
       FROM points_journal_entry ORDER BY seq`,
    ),
    holds: await ledger('SELECT id, state, points FROM points_hold'),
    breakage: await ledger(
      "SELECT amount AS points FROM points_posting WHERE account = 'BREAKAGE'",
    ),
    wallets: await ledger('SELECT available, held, debt FROM points_wallet_unit'),
  };
}

const total = (entries: readonly Readonly<{ points?: string }>[]): number =>
  entries.reduce((sum, { points }) => sum + Number(points), 0);

/** What each redemption took, burnt and gave back is what its state says. */
function* pointsAgree({ redemptions, entries, holds }: Tables): Generator<string> {
  const byHold = Map.groupBy(entries, ({ hold_id: id }) => id);
  const refunds = Map.groupBy(
    entries.filter(({ kind, cause_kind: of }) => kind === 'REFUND' && of === 'REDEMPTION'),
    ({ cause_id: id }) => id,
  );
  for (const { id, state, points, completed_ms: completed, next_attempt_ms: next } of redemptions) {
    const held = byHold.get(String(id)) ?? [];
    const count = (kind: string) => held.filter((entry) => entry.kind === kind).length;
    const story = `${count('HOLD')} held ${count('CAPTURE')} burnt ${count('RELEASE')} released`;
    const refunded = total(refunds.get(String(id)) ?? []);
    if (held.some((entry) => Number(entry.points) !== Number(points))) {
      yield `redemption ${id}: the books moved other points than ${points}`;
    }
    const due = dueStory(String(state), completed !== null);
    if (!due.stories.includes(story))
      yield `redemption ${id} is ${state}, and the books say ${story}`;
    if (refunded !== (due.isRefunded ? Number(points) : 0)) {
      yield `redemption ${id} is ${state}, of ${points} points ${refunded} went back`;
    }
    if (next !== null) yield `redemption ${id} is ${state} and not at rest`;
  }
  const known = new Set(redemptions.map(({ id }) => id));
  for (const { id, state } of holds) {
    if (!known.has(String(id))) yield `hold ${id} is of no redemption`;
    if (state === 'PLACED') yield `hold ${id} still stands`;
  }
}

function dueStory(state: string, isCompleted: boolean) {
  const burnt = '1 held 1 burnt 0 released';
  if (state === 'CAPTURED') return { stories: [burnt], isRefunded: false };
  if (state !== 'CANCELLED') return { stories: [], isRefunded: false };
  if (isCompleted) return { stories: [burnt], isRefunded: true };
  // Refused for lack of points, or given back.
  const stories = ['0 held 0 burnt 0 released', '1 held 0 burnt 1 released'];
  return { stories, isRefunded: false };
}

/** Every return is done, once, and all of a redemption comes to no more than it. */
function* returnsAgree(tables: Tables): Generator<string> {
  const { returns, redemptions, entries, refusedCompensations } = tables;
  const caused = Map.groupBy(entries, ({ cause_id: id }) => id);
  const refused = new Set(refusedCompensations.map(({ redemption_id: id }) => id));
  for (const row of returns) {
    const booked = caused.get(String(row.id)) ?? [];
    const of = (kind: string) => booked.filter((entry) => entry.kind === kind);
    const due = [Number(row.points) > 0 ? 1 : 0, Number(row.points)].join();
    if ([of('REFUND').length, total(of('REFUND'))].join() !== due) {
      yield `return ${row.id}: ${row.points} points are due, ${total(of('REFUND'))} went back`;
    }
    const isRefused = refused.has(String(row.redemption_id));
    const given = total(of('ACCRUE'));
    if (given !== Number(row.compensation_points) && !(isRefused && given === 0)) {
      yield `return ${row.id}: ${row.compensation_points} are to be added, ${given} were`;
    }
    if (row.state !== 'DONE') yield `return ${row.id} is ${row.state}`;
  }
  const parts = Map.groupBy(returns, ({ redemption_id: id }) => id);
  for (const { id, state, quantity, returned, points } of redemptions) {
    const rows = parts.get(String(id)) ?? [];
    const pieces = rows.reduce((sum, row) => sum + Number(row.quantity), 0);
    const back = rows.reduce((sum, row) => sum + Number(row.points) + Number(row.fee_points), 0);
    if (pieces !== Number(returned)) yield `redemption ${id}: ${returned} returned, ${pieces} told`;
    if (back > Number(points)) yield `redemption ${id}: ${back} of ${points} came back`;
    if (pieces === Number(quantity) && back !== Number(points)) {
      yield `redemption ${id}: all came back, but ${back} of ${points} points`;
    }
    if (pieces > 0 && state !== 'CAPTURED') yield `redemption ${id}: returned and ${state}`;
  }
}

/** One for each that was completed and is not handed over; good for nothing once it is undone. */
function* vouchersAgree({ redemptions, vouchers, returns }: Tables): Generator<string> {
  const byRedemption = Map.groupBy(vouchers, ({ redemption_id: id }) => id);
  const parts = Map.groupBy(returns, ({ redemption_id: id }) => id);
  for (const row of redemptions) {
    const own = byRedemption.get(String(row.id)) ?? [];
    const [voucher] = own;
    const isCompleted = row.state === 'CAPTURED' && row.fulfil_by_ms === null;
    if (own.length > 1 || (isCompleted && voucher === undefined)) {
      yield `redemption ${row.id} has ${own.length} vouchers`;
    }
    if (voucher === undefined) continue;
    if (row.fulfil_by_ms !== null) yield `redemption ${row.id} is handed over and has a voucher`;
    const isUndone = row.state === 'CANCELLED';
    if (isUndone && voucher.used_ms !== null) yield `voucher ${voucher.id}: used, and undone`;
    if (isUndone && row.completed_ms !== null && voucher.voided_ms === null) {
      yield `voucher ${voucher.id} of a cancelled redemption is not void`;
    }
    const isAllBack = Number(row.returned) === Number(row.quantity);
    if (isAllBack && voucher.used_ms === null && voucher.voided_ms === null) {
      yield `voucher ${voucher.id}: all came back, and it can be used`;
    }
    const last = Math.max(
      ...(parts.get(String(row.id)) ?? []).map((one) => Number(one.requested_ms)),
    );
    if (isAllBack && voucher.used_ms !== null && Number(voucher.used_ms) > last) {
      yield `voucher ${voucher.id} was used after all had come back`;
    }
  }
}

/** What there was, less what members have or have had. */
function* stockAgrees(
  { stocks }: Tables,
  { rewards }: Scene,
  gone: ReadonlyMap<string, number>,
): Generator<string> {
  const left = new Map(stocks.map(({ id, stock }) => [id, stock]));
  for (const { id, stock } of rewards) {
    const due = stock === null ? null : stock - (gone.get(id) ?? 0);
    const found = left.get(id) ?? null;
    const there = found === null ? null : Number(found);
    if (there !== due) yield `reward ${id}: ${due} are due, ${there} in stock`;
  }
}

function* placesAgree({ slots }: Tables, places: ReadonlyMap<string, number>): Generator<string> {
  for (const [id, own] of Map.groupBy(slots, ({ reward_id }) => String(reward_id))) {
    const taken = own.reduce((sum, slot) => sum + Number(slot.taken), 0);
    const due = places.get(id) ?? 0;
    if (taken !== due) yield `places of ${id}: ${due} are booked, ${taken} taken`;
  }
}

/** Each member was served once, and what was promised is given. */
function* incidentsAgree(tables: Tables): Generator<string> {
  const { incidents, incidentMembers, cases, entries } = tables;
  const points = entries.filter(({ cause_kind: kind }) => kind === 'INCIDENT');
  for (const row of incidents) {
    const members = incidentMembers.filter(({ incident_id: id }) => id === row.id);
    const given = members.filter(({ effect }) => effect === 'GIVEN');
    const booked = points.filter(({ cause_id: id }) => id === row.id);
    const isBonus = String(row.remedy).includes('BONUS');
    if (['LISTING', 'APPLYING'].includes(String(row.state)))
      yield `incident ${row.id}: ${row.state}`;
    if (Number(row.reserved) !== 0) yield `incident ${row.id} keeps ${row.reserved} pieces`;
    if (row.state !== 'APPLIED') {
      if (booked.length + given.length > 0) yield `incident ${row.id}: ${row.state}, and given`;
      continue;
    }
    const due = isBonus ? given.map(({ member_id: id }) => String(id)).sort() : [];
    const accrued = booked.filter(({ kind }) => kind === 'ACCRUE');
    const got = accrued.map(({ wallet_id: id }) => String(id)).sort();
    if (got.join() !== due.join())
      yield `incident ${row.id}: ${due.length} due, ${got.length} given`;
    if (total(booked) !== Number(row.points_given)) yield `incident ${row.id}: other points given`;
    const served = Number(row.members_done) + Number(row.members_refused);
    if (served !== members.length) yield `incident ${row.id}: ${served} of ${members.length}`;
    const mended = cases.filter(({ incident_id: id }) => id === row.id).length;
    if (mended !== Number(row.vouchers_done)) yield `incident ${row.id}: ${mended} vouchers mended`;
  }
}

/** Others were told of everything, once. */
function* feedAgrees({ events, redemptions, returns, vouchers }: Tables): Generator<string> {
  const told = Map.groupBy(events, ({ kind }) => kind);
  const completed = redemptions.filter(({ completed_ms: at }) => at !== null);
  const due = {
    'redemption.completed': completed,
    'redemption.cancelled': completed.filter(({ state }) => state === 'CANCELLED'),
    'redemption.returned': returns,
    'voucher.used': vouchers.filter(({ used_ms: at }) => at !== null),
  };
  for (const [kind, rows] of Object.entries(due)) {
    const count = told.get(kind)?.length ?? 0;
    if (count !== rows.length) yield `${rows.length} events ${kind} are due, ${count} were told`;
  }
}

/** What members have is what came in, less what was burnt and what lapsed. */
function* walletsAgree({ purchases, entries, breakage, wallets }: Tables): Generator<string> {
  const accruals = entries.filter(
    ({ kind, cause_kind: of }) => kind === 'ACCRUE' && of === 'PURCHASE',
  );
  const booked = accruals.map(({ cause_id: id }) => id).sort();
  if (
    booked.join() !==
    purchases
      .map(({ id }) => id)
      .sort()
      .join()
  ) {
    yield `${purchases.length} purchases, ${booked.length} in the books`;
  }
  const of = (kind: string) => total(entries.filter((entry) => entry.kind === kind));
  const due = of('ACCRUE') + of('REFUND') - of('CAPTURE') - total(breakage);
  const found = wallets.reduce((sum, row) => sum + Number(row.available) + Number(row.held), 0);
  if (found !== due) yield `members have ${found} points, and ${due} are due`;
}
