import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import { PeerFailure } from '../../../../shared/graphql/peers.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { withinAge } from '../../ages/domain/age-limit.ts';
import { ageLimitsAt } from '../../ages/queries/age-limits.ts';
import { knownAges } from '../../ages/queries/known-ages.ts';
import type { Poster } from '../../commands/post-waiting.ts';
import { retryAt } from '../../domain/retry.ts';
import { awardOrder } from '../../rules/domain/award-order.ts';
import { inForceAt } from '../../rules/domain/in-force.ts';
import { issuingAt, mayKeepPromise, type Standing } from '../../standing/domain/issuing.ts';
import { pricedIssuer } from '../../standing/domain/settle-rule.ts';
import { readStandings } from '../../standing/queries/standings.ts';
import { asOrder } from '../domain/earning-act.ts';
import type { GrantingRule } from '../domain/grant-posting.ts';
import { Grant } from '../entities/grant.ts';
import { GreenAct, type GreenActRow } from '../entities/green-act.ts';
import { activeMembers } from '../queries/ask-around.ts';
import { grantingRules } from '../queries/granting-rules.ts';
import { grantEarned } from './grant-earned.ts';
import { takeGrantsBack } from './take-grants-back.ts';

const ACTS_MAX = 100;
const WORKER = { requestId: 'merchants-green-acts', deadline: null };

/**
 * Gives points for green acts by the merchant's rules with the trigger GREEN_ACT that were in force when they took
 * place, and takes them back when the act was revoked. Each act in a transaction of its own, so nothing is given twice;
 * while members does not answer, the acts wait. The ledger is told by the poster.
 */
export const greenActRewards = (frame: Frame, poster: Poster): Worker => ({
  name: 'merchants rewards green acts',
  restMs: 1_000,
  async step() {
    const due = await dueActs(frame);
    if (due.length === 0) return false;
    const facts = await factsOf(frame, due);
    if (facts === null) await putOff(frame, due);
    else await settleAll(frame, poster, due, facts);
    return due.length === ACTS_MAX && facts !== null;
  },
});

async function settleAll(
  frame: Frame,
  poster: Poster,
  due: readonly GreenActRow[],
  facts: Facts,
): Promise<void> {
  for (const { id } of due) await settleAct(frame, id, facts);
  const causeIds = due.map(({ id }) => id);
  const grants = await frame.database.reader.findBy(Grant, { causeId: In(causeIds) });
  await poster.postOrLeave(
    grants.map(({ id }) => id),
    WORKER,
  );
}

async function dueActs({ database, clock }: Frame): Promise<GreenActRow[]> {
  const rows = await database.reader.query<{ id: string }[]>(
    `SELECT id FROM merchants_green_act WHERE due_ms <= ? ORDER BY due_ms, id LIMIT ${ACTS_MAX}`,
    [clock.now().getTime()],
  );
  const acts = await database.reader.findBy(GreenAct, { id: In(rows.map(({ id }) => id)) });
  const byId = new Map(acts.map((act) => [act.id, act]));
  return rows.flatMap(({ id }) => byId.get(id) ?? []);
}

/** What is known before a transaction: the rules of each merchant, and members with their tiers. */
type Facts = Readonly<{
  rules: ReadonlyMap<string, readonly GrantingRule[]>;
  tiers: ReadonlyMap<string, string | null>;
}>;

/** Null: members does not answer. */
async function factsOf(
  { database, clock, peers, logger }: Frame,
  acts: readonly GreenActRow[],
): Promise<Facts | null> {
  const rules = new Map<string, readonly GrantingRule[]>();
  for (const merchantId of new Set(acts.map((act) => act.merchantId))) {
    const known = await grantingRules(database.reader, merchantId, 'GREEN_ACT', clock.now());
    rules.set(merchantId, known);
  }
  // Nobody is asked of whom nothing depends on it.
  const asked = acts.filter(
    ({ merchantId, grantedAt, revokedAt }) =>
      grantedAt === null && revokedAt === null && (rules.get(merchantId) ?? []).length > 0,
  );
  try {
    const memberIds = [...new Set(asked.map(({ memberId }) => memberId))];
    return { rules, tiers: await activeMembers(peers, memberIds, WORKER) };
  } catch (error) {
    if (!(error instanceof PeerFailure)) throw error;
    logger.warn({ error }, 'green acts wait for their points: members does not answer');
    return null;
  }
}

/** Gives what an act earns, or takes back what it was given; then nothing is due. */
function settleAct({ database, clock, newId }: Frame, id: string, facts: Facts): Promise<void> {
  return database.transaction(async (manager) => {
    const work = { manager, dialect: database.dialect, at: clock.now(), newId };
    await manager.query(
      `SELECT id FROM merchants_green_act WHERE id = ? ${database.dialect.forUpdate}`,
      [id],
    );
    const act = await manager.findOneByOrFail(GreenAct, { id });
    // Another worker may have been faster.
    if (act.dueAt === null) return;
    const { revokedAt, grantedAt } = act;
    await manager.update(GreenAct, id, {
      dueAt: null,
      ...(revokedAt === null ? { grantedAt: work.at } : { takenBackAt: work.at }),
    });
    if (revokedAt === null && grantedAt === null) await reward(work, act, facts);
    if (revokedAt !== null && grantedAt !== null) {
      const { occurredAt } = act;
      await takeGrantsBack(work, { causeKind: 'GREEN_ACT', causeId: id, occurredAt });
    }
  });
}

type Writing = Omit<Work, 'caller'>;

/** Closed accounts get nothing, and neither does an act for which no rule was in force. */
async function reward(work: Writing, act: GreenActRow, { rules, tiers }: Facts): Promise<void> {
  const { id: causeId, memberId, merchantId, occurredAt } = act;
  const tier = tiers.get(memberId);
  const known = inForceAt(rules.get(merchantId) ?? [], occurredAt);
  if (tier === undefined || known.length === 0) return;
  const settled = await settledRules(work.manager, known, act, work.at);
  const limits = await ageLimitsAt(work.manager, known, occurredAt);
  const ages = await knownAges(work.manager, limits.size === 0 ? [] : [act], work.at);
  const age = ages(merchantId, memberId);
  const award = awardOrder(asOrder(act, tier), withinAge(settled, limits, age));
  const earned = (award?.earned ?? []).filter(({ points }) => points > 0);
  const owed = earned.map((one) => ({ ...one, owedBy: one.rule.owedBy }));
  const cause = { causeKind: 'GREEN_ACT', causeId, merchantId, memberId, occurredAt } as const;
  await grantEarned(work, cause, owed);
}

/**
 * The rules at the price of their contracts. Whether their issuers may issue is as it was when the cause was recorded:
 * then it was promised, and is owed as long as they are not qualified.
 */
export async function settledRules(
  manager: EntityManager,
  rules: readonly GrantingRule[],
  { merchantId, recordedAt }: Readonly<{ merchantId: string; recordedAt: Date }>,
  at: Date,
): Promise<(GrantingRule & Readonly<{ mayIssue: boolean; owedBy: string | null }>)[]> {
  const issuerIds = rules.map(({ issuer }) => issuer.id);
  const standings = await readStandings(manager, [...new Set([merchantId, ...issuerIds])]);
  const mayIssue = (standing: Standing | undefined): boolean =>
    standing !== undefined && issuingAt(standing, recordedAt).isIssuing;
  const isSelling = mayIssue(standings.get(merchantId));
  return rules.map((rule) => {
    const standing = standings.get(rule.issuer.id);
    const isOwed = standing !== undefined && !mayKeepPromise(standing, at);
    return {
      ...rule,
      issuer: pricedIssuer(rule.issuer, standings, at),
      mayIssue: isSelling && mayIssue(standing),
      owedBy: isOwed ? rule.issuer.id : null,
    };
  });
}

/** Waits the longer, the oftener nobody answered. */
async function putOff({ database, clock }: Frame, acts: readonly GreenActRow[]): Promise<void> {
  await database.transaction(async (manager) => {
    for (const { id, attempts } of acts) {
      await execute(
        manager,
        `UPDATE merchants_green_act SET attempts = ?, due_ms = ?
         WHERE id = ? AND due_ms IS NOT NULL AND attempts = ?`,
        [attempts + 1, retryAt(clock.now(), attempts).getTime(), id, attempts],
      );
    }
  });
}
