import { type EntityManager, In } from 'typeorm';
import { assert } from '../../../../shared/assert.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { type CapCase, lockCapUse } from '../../commands/cap-use.ts';
import { insertPostings } from '../../commands/posting-rows.ts';
import { Posting } from '../../entities/posting.ts';
import { Rule } from '../../rules/entities/rule.ts';
import { grantTakenBack, type RevocableKind, takeBackCommand } from '../domain/grant-posting.ts';
import { Grant, type GrantRow } from '../entities/grant.ts';
import { withIssuers } from '../queries/granting-rules.ts';

/** Whose promise the points of grants wait for still: what takes them back waits as long. */
async function owedOf(
  manager: EntityManager,
  grants: readonly GrantRow[],
): Promise<ReadonlyMap<string, string | null>> {
  if (grants.length === 0) return new Map();
  const postings = await manager.findBy(Posting, {
    purchaseId: In(grants.map(({ id }) => id)),
    state: 'WAITING',
  });
  return new Map(postings.map(({ purchaseId, owedBy }) => [purchaseId, owedBy]));
}

/** A green act that was revoked, or a referral whose first order is back, and the day that counted for the caps. */
export type FallenCause = Readonly<{ causeKind: RevocableKind; causeId: string; occurredAt: Date }>;

/**
 * Takes back all points that were given for something, and what they took of the caps of their rules. What is told
 * to the ledger comes after what gave the points, also when that is owed.
 */
export async function takeGrantsBack(
  work: Omit<Work, 'caller'>,
  { causeKind, causeId, occurredAt }: FallenCause,
): Promise<void> {
  const { manager, at } = work;
  const grants = (await manager.findBy(Grant, { causeKind, causeId })).filter(
    ({ points }) => points > 0,
  );
  const ruleIds = [...new Set(grants.map(({ ruleId }) => ruleId))];
  const rules = await withIssuers(manager, await manager.findBy(Rule, { id: In(ruleIds) }));
  const given = grants.map((grant) => {
    const rule = rules.find((one) => one.id === grant.ruleId);
    assert(rule !== undefined, 'the version of a rule stays');
    return { grant, rule };
  });
  const caseOf = ({ rule, grant }: (typeof given)[number]): CapCase => ({
    rule,
    memberId: grant.memberId,
    purchasedAt: occurredAt,
  });
  const use = await lockCapUse(work, given.map(caseOf));
  for (const one of given) use.add(caseOf(one), -one.grant.points);
  await use.save(work);
  const owedBy = await owedOf(manager, grants);
  await insertPostings(
    work,
    given.map(({ grant, rule }) => ({
      purchaseId: grant.id,
      position: 2,
      ruleId: grant.ruleId,
      command: takeBackCommand(causeKind, grant, rule),
      owedBy: owedBy.get(grant.id) ?? null,
    })),
  );
  await appendEvents(
    manager,
    at,
    given.map(({ grant, rule }) => grantTakenBack(grant, rule, at)),
  );
}
