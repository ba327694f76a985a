import type { EntityManager } from 'typeorm';
import { In, MoreThan } from 'typeorm';
import { assert } from '../../../../shared/assert.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows, placeholders } from '../../../../shared/database/rows.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import { sum } from '../../../../shared/quantities.ts';
import type { Worker } from '../../../../shared/workers.ts';
import { oldEnoughAmong } from '../../ages/queries/age-limits.ts';
import { lockCapUse } from '../../commands/cap-use.ts';
import { Merchant } from '../../entities/merchant.ts';
import { Rule, type RuleRow } from '../../rules/entities/rule.ts';
import { mayKeepPromise } from '../../standing/domain/issuing.ts';
import { pricedIssuer } from '../../standing/domain/settle-rule.ts';
import { readStandings } from '../../standing/queries/standings.ts';
import { type AppreciationTerms, appreciationOf, weightOf } from '../domain/appreciation.ts';
import { shareOut } from '../domain/share-out.ts';
import {
  Appreciation,
  type AppreciationRow,
  Share,
  type ShareRow,
} from '../entities/appreciation.ts';
import { activeMembers } from '../queries/ask-around.ts';
import { type Earner, earnersAfter, usedOf } from '../queries/earners.ts';
import { withIssuers } from '../queries/granting-rules.ts';
import { insertGrants, type NewGrant } from './insert-grants.ts';

const PAGE = 200;
const WORKER = { requestId: 'merchants-appreciations', deadline: null };

/**
 * Finds out who takes part in appreciations, and grants what was approved: a page of members at a time, each in
 * a transaction of its own, so that it goes on where it was stopped and grants each member once.
 */
export const appreciationWorker = (frame: Frame): Worker => ({
  name: 'merchants shares appreciations out',
  restMs: 1_000,
  async step() {
    // What was approved goes first: it needs nobody else.
    const [row] = await frame.database.reader.find(Appreciation, {
      where: { state: In(['GRANTING', 'LISTING']) },
      order: { state: 'ASC', proposedAt: 'ASC', id: 'ASC' },
      take: 1,
    });
    if (row === undefined) return false;
    const rule = await frame.database.reader.findOneByOrFail(Rule, { id: row.ruleId });
    if (row.state === 'GRANTING') await grantPage(frame, row, rule);
    else await listPage(frame, row, rule);
    return true;
  },
});

/** Looks at the next members who earned in the period; after the last one it fixes the shares. */
async function listPage(frame: Frame, row: AppreciationRow, rule: RuleRow): Promise<void> {
  const { database, peers, clock } = frame;
  const terms = termsOf(rule);
  const { currency } = await issuerOf(database.reader, rule);
  const earning = { merchantId: row.merchantId, currency, ...terms };
  const { earners, last, isLast } = await earnersAfter(
    database.reader,
    earning,
    row.listedTo,
    PAGE,
  );
  const ids = earners.map(({ memberId }) => memberId);
  const active = await activeMembers(peers, ids, WORKER);
  const oldEnough = await oldEnoughAmong(database.reader, row.merchantId, rule, ids, clock.now());
  const taking = earners.filter(({ memberId }) => oldEnough(memberId));
  const listed = taking.flatMap((one) => shareOf(one, row, active, terms) ?? []);
  await database.transaction(async (manager) => {
    const now = await lock({ manager, dialect: database.dialect }, row.id);
    // Another worker may have been faster, or it was dropped meanwhile.
    if (now.state !== 'LISTING' || now.listedTo !== row.listedTo) return;
    await writeShares({ manager, dialect: database.dialect }, listed);
    const listedTo = last ?? row.listedTo;
    await manager.update(Appreciation, row.id, { listedTo });
    if (isLast) {
      await fixShares({ manager, dialect: database.dialect }, row, rule);
    }
  });
}

/** Null: her account is closed, or her tier takes no part. */
function shareOf(
  { memberId, paidMinor }: Earner,
  { id, tiers }: AppreciationRow,
  active: ReadonlyMap<string, string | null>,
  terms: AppreciationTerms,
): ShareRow | null {
  const tier = active.get(memberId);
  if (tier === undefined) return null;
  const weight = weightOf(tier, tiers, terms);
  if (weight === null) return null;
  return { appreciationId: id, memberId, weight, paidMinor, points: null, isGranted: false };
}

type Writing = Pick<Work, 'manager' | 'dialect'>;

/** Works the shares out, once all are listed: what is left of the budget, nobody above her cap. */
async function fixShares(writing: Writing, { id }: AppreciationRow, rule: RuleRow): Promise<void> {
  const { manager } = writing;
  const { budget, most } = termsOf(rule);
  const used = await usedOf(manager, rule.ruleKey);
  const { perMember } = rule.terms.caps;
  const shares = await manager.findBy(Share, { appreciationId: id });
  const leftTo = (memberId: string): number =>
    perMember === null ? most : Math.max(0, perMember - (used.byMember.get(memberId) ?? 0));
  const points = shareOut(
    Math.max(0, budget - used.budget),
    shares.map(({ memberId, weight }) => ({
      memberId,
      weight,
      most: Math.min(most, leftTo(memberId)),
    })),
  );
  const fixed = shares.map((share) => ({ ...share, points: points.get(share.memberId) ?? 0 }));
  await writeShares(writing, fixed);
  const given = fixed.filter((share) => share.points > 0);
  const amounts = given.map((share) => share.points).toSorted((a, b) => a - b);
  await manager.update(Appreciation, id, {
    state: 'READY',
    members: given.length,
    points: sum(amounts),
    lowestPoints: amounts[0] ?? 0,
    highestPoints: amounts.at(-1) ?? 0,
    paidMinor: sum(given.map(({ paidMinor }) => paidMinor)),
  });
}

/** Grants the next members their shares. */
async function grantPage(frame: Frame, { id }: AppreciationRow, version: RuleRow): Promise<void> {
  const { database, clock, newId } = frame;
  await database.transaction(async (manager) => {
    const work = { manager, dialect: database.dialect, at: clock.now(), newId };
    const row = await lock(work, id);
    if (row.state !== 'GRANTING') return;
    const shares = await manager.find(Share, {
      where: { appreciationId: id, isGranted: false, points: MoreThan(0) },
      order: { memberId: 'ASC' },
      take: PAGE,
    });
    const grantedMembers = row.grantedMembers + shares.length;
    const grantedPoints = row.grantedPoints + sum(shares.map(({ points }) => points ?? 0));
    await manager.update(Appreciation, id, {
      grantedMembers,
      grantedPoints,
      ...(shares.length < PAGE && { state: 'GRANTED' }),
    });
    const [granting] = await withIssuers(manager, [version]);
    assert(granting !== undefined, 'programme and issuer of a rule stay');
    if (shares.length === 0) return;
    const { issuer } = granting;
    const standings = await readStandings(manager, [issuer.id]);
    const standing = standings.get(issuer.id);
    assert(standing !== undefined, 'whoever issues by a rule stays');
    const rule = { ...granting, issuer: pricedIssuer(issuer, standings, work.at) };
    // It was approved, so it is promised: it is owed as long as the issuer is not qualified.
    const owedBy = mayKeepPromise(standing, work.at) ? null : issuer.id;
    await grantShares(work, row, { rule, owedBy }, shares);
  });
}

async function grantShares(
  work: Omit<Work, 'caller'>,
  { id, merchantId }: AppreciationRow,
  { rule, owedBy }: Pick<NewGrant, 'rule' | 'owedBy'>,
  shares: readonly ShareRow[],
): Promise<void> {
  const { manager, at, newId } = work;
  const ids = shares.map(({ memberId }) => memberId);
  await execute(
    manager,
    `UPDATE merchants_share SET is_granted = 1
     WHERE appreciation_id = ? AND member_id IN (${placeholders(ids.length)})`,
    [id, ...ids],
  );
  const caseOf = (memberId: string) => ({ rule, memberId, purchasedAt: at });
  const use = await lockCapUse(work, ids.map(caseOf));
  const grants = shares.map(({ memberId, points }): NewGrant => {
    use.add(caseOf(memberId), points ?? 0);
    const row = {
      id: newId(),
      causeKind: 'APPRECIATION' as const,
      causeId: id,
      merchantId,
      issuerId: rule.issuer.id,
      memberId,
      ruleId: rule.id,
      programmeId: rule.programmeId,
      points: points ?? 0,
      reasons: [],
      grantedAt: at,
    };
    return { row, rule, owedBy };
  });
  await use.save(work);
  await insertGrants(work, grants);
}

/** The appreciation as it stays until the transaction ends. */
async function lock({ manager, dialect }: Writing, id: string): Promise<AppreciationRow> {
  await manager.query(`SELECT id FROM merchants_appreciation WHERE id = ? ${dialect.forUpdate}`, [
    id,
  ]);
  return manager.findOneByOrFail(Appreciation, { id });
}

/** Writes shares, new ones and those whose points are known now. */
const writeShares = ({ manager, dialect }: Writing, shares: readonly ShareRow[]): Promise<void> =>
  insertRows(
    manager,
    'merchants_share',
    ['appreciation_id', 'member_id', 'weight', 'paid_minor', 'points', 'is_granted'],
    shares.map((share) => [
      share.appreciationId,
      share.memberId,
      share.weight,
      share.paidMinor,
      share.points,
      Number(share.isGranted),
    ]),
    { ending: dialect.onDuplicateUpdate(['appreciation_id', 'member_id'], ['points']) },
  );

/** A rule by which something was proposed had all that is needed, and terms never change. */
function termsOf({ terms }: RuleRow): AppreciationTerms {
  const found = appreciationOf(terms);
  assert(found !== null, 'the terms of a version never change');
  return found;
}

const issuerOf = (reader: EntityManager, { merchantId, terms }: RuleRow) =>
  reader.findOneByOrFail(Merchant, { id: terms.sponsorId ?? merchantId });
