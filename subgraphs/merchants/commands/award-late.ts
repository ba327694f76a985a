import { type EntityManager, In } from 'typeorm';
import type { Work } from '../../../shared/commands/run-command.ts';
import { execute } from '../../../shared/database/database.ts';
import { insertRows, placeholders } from '../../../shared/database/rows.ts';
import { appendEvents } from '../../../shared/feeds/append.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import { PeerFailure } from '../../../shared/graphql/peers.ts';
import { toSafeInteger } from '../../../shared/quantities.ts';
import type { Worker } from '../../../shared/workers.ts';
import { purchaseAwarded } from '../domain/purchase-events.ts';
import { retryAt } from '../domain/retry.ts';
import { Merchant, type MerchantRow } from '../entities/merchant.ts';
import { happenedTo } from '../orders/commands/vest-purchases.ts';
import { greenLines } from '../queries/green-lines.ts';
import { memberTiers } from '../queries/member-standing.ts';
import { needsOf } from '../queries/order-facts.ts';
import type { KnownRule } from '../rules/queries/selling-rules.ts';
import { readStandings } from '../standing/queries/standings.ts';
import { lockCapUse } from './cap-use.ts';
import { type LateAward, lateAward, withFacts } from './late-award.ts';
import type { Poster } from './post-waiting.ts';
import { insertPostings } from './posting-rows.ts';
import {
  AWARD_COLUMNS,
  awardValues,
  LINE_COLUMNS,
  lineValues,
  PURCHASE_COLUMNS,
  purchaseValues,
} from './purchase-columns.ts';
import type { KnownFacts } from './purchase-rows.ts';
import {
  lockPurchases,
  type OpenPurchase,
  readOpenPurchases,
  returnCapCases,
  rulesOf,
} from './return-rows.ts';

const PURCHASES_MAX = 100;
const WORKER = { requestId: 'merchants-late-awards', deadline: null };

type Write = Pick<Work, 'manager' | 'dialect' | 'at'>;
type Due = Readonly<{ id: string; attempts: number }>;

/** Works out awards that had to wait for another subgraph, once it answers, and has them posted. */
export const lateAwards = (frame: Frame, poster: Poster): Worker => ({
  name: 'merchants awards late',
  restMs: 1_000,
  step: async () => {
    const due = await duePurchases(frame);
    if (due.length === 0) return false;
    const ids = due.map(({ id }) => id);
    const facts = await askFacts(frame, ids);
    const awarded = facts === null ? [] : await awardAll(frame, ids, facts);
    const done = new Set(awarded);
    await putOff(
      frame,
      due.filter(({ id }) => !done.has(id)),
    );
    await poster.postOrLeave(awarded, WORKER);
    return due.length === PURCHASES_MAX && done.size > 0;
  },
});

async function duePurchases({ database, clock }: Frame): Promise<Due[]> {
  const rows = await database.reader.query<{ purchase_id: string; attempts: unknown }[]>(
    `SELECT purchase_id, attempts FROM merchants_late_purchase WHERE due_ms <= ?
     ORDER BY due_ms, purchase_id LIMIT ?`,
    [clock.now().getTime(), PURCHASES_MAX],
  );
  return rows.map((row) => ({ id: row.purchase_id, attempts: toSafeInteger(row.attempts) }));
}

/** What was missing of each purchase, or null when those that know do not answer. */
async function askFacts(
  { database: { reader }, peers, logger }: Frame,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownFacts> | null> {
  const purchases = await readOpenPurchases(reader, ids);
  const needs = needsOf([...(await rulesOf(reader, purchases)).values()]);
  const orders = purchases.map(({ row, lines }) => ({ ...row, name: row.id, lines }));
  const members = purchases.flatMap(({ row }) => (row.tier === null ? row.memberId : []));
  try {
    const green = needs.green ? await greenLines(peers, orders, WORKER) : new Map();
    const tiers = needs.tier ? await memberTiers(peers, members, WORKER) : new Map();
    return new Map(
      orders.map(({ id, memberId }) => [
        id,
        { tier: tiers.get(memberId) ?? null, green: green.get(id) ?? null },
      ]),
    );
  } catch (error) {
    if (!(error instanceof PeerFailure)) throw error;
    logger.warn({ error }, 'awards wait on: what they depend on is not known');
    return null;
  }
}

/** Answers the purchases of which nothing is late any more. */
function awardAll(
  { database, clock }: Frame,
  ids: readonly string[],
  facts: ReadonlyMap<string, KnownFacts>,
): Promise<string[]> {
  return database.transaction(async (manager) => {
    const write = { manager, dialect: database.dialect, at: clock.now() };
    await lockPurchases(write, ids);
    const open = await readOpenPurchases(manager, ids);
    const rules = await rulesOf(manager, open);
    // Another worker may have been faster: then nothing is late here.
    const late = open.filter(({ awards }) => awards.some(({ isLate }) => isLate));
    const issuers = await issuersOf(manager, late, rules);
    const standings = await readStandings(manager, [...issuers.keys()]);
    const happened = await happenedTo(
      manager,
      late.map(({ row }) => row.id),
    );
    const use = await lockCapUse(write, returnCapCases(late, rules));
    const worked = late.flatMap((purchase) => {
      const complete = withFacts(purchase, facts.get(purchase.row.id) ?? NOTHING);
      return lateAward(complete, { rules, issuers, standings, at: write.at, use, happened }) ?? [];
    });
    await writeAwards(write, worked);
    await use.save(write);
    const waiting = new Set(late.map(({ row }) => row.id));
    for (const { open: one } of worked) waiting.delete(one.row.id);
    return ids.filter((id) => !waiting.has(id));
  });
}

const NOTHING: KnownFacts = { tier: null, green: null };

async function issuersOf(
  manager: EntityManager,
  purchases: readonly OpenPurchase[],
  rules: ReadonlyMap<string, KnownRule>,
): Promise<Map<string, MerchantRow>> {
  const sponsors = [...rules.values()].flatMap(({ terms }) => terms.sponsorId ?? []);
  const ids = new Set([...purchases.map(({ row }) => row.merchantId), ...sponsors]);
  const rows = await manager.findBy(Merchant, { id: In([...ids]) });
  return new Map(rows.map((row) => [row.id, row]));
}

/** With a constant number of statements. */
async function writeAwards(write: Write, worked: readonly LateAward[]): Promise<void> {
  if (worked.length === 0) return;
  const { manager, dialect, at } = write;
  const [rows, ids] = [worked.map(({ open }) => open.row), worked.map(({ open }) => open.row.id)];
  await insertRows(manager, 'merchants_purchase', PURCHASE_COLUMNS, rows.map(purchaseValues), {
    ending: dialect.onDuplicateUpdate(['id'], ['tier']),
  });
  const lines = worked.flatMap(({ open }) => open.lines);
  await insertRows(manager, 'merchants_purchase_line', LINE_COLUMNS, lines.map(lineValues), {
    ending: dialect.onDuplicateUpdate(['purchase_id', 'line_number'], ['is_green']),
  });
  const awards = worked.flatMap((one) => one.awards);
  await insertRows(manager, 'merchants_award', AWARD_COLUMNS, awards.map(awardValues), {
    ending: dialect.onDuplicateUpdate(['purchase_id', 'rule_id'], AWARD_COLUMNS.slice(3)),
  });
  const inIds = `purchase_id IN (${placeholders(ids.length)})`;
  await execute(manager, `DELETE FROM merchants_award WHERE is_late = 1 AND ${inIds}`, ids);
  await execute(manager, `DELETE FROM merchants_late_purchase WHERE ${inIds}`, ids);
  await insertPostings(
    write,
    worked.flatMap(({ postings }) => postings),
  );
  await appendEvents(
    manager,
    at,
    worked.flatMap(({ open, given }) =>
      given.length === 0 ? [] : [purchaseAwarded(open.row, given)],
    ),
  );
}

/** Waits the longer, the oftener nobody answered. */
async function putOff({ database, clock }: Frame, due: readonly Due[]): Promise<void> {
  for (const [attempts, rows] of Map.groupBy(due, (one) => one.attempts)) {
    await database.transaction((manager) =>
      execute(
        manager,
        `UPDATE merchants_late_purchase SET attempts = ?, due_ms = ?
         WHERE purchase_id IN (${placeholders(rows.length)})`,
        [attempts + 1, retryAt(clock.now(), attempts).getTime(), ...rows.map(({ id }) => id)],
      ),
    );
  }
}
