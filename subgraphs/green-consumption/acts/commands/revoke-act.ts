import { assert } from '../../../../shared/assert.ts';
import { dayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { hasRole } from '../../../../shared/graphql/caller.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import { insertEntries } from '../../accounts/commands/insert-entries.ts';
import { CarbonEntries } from '../../entities/carbon-entry.ts';
import { behaviourOf } from '../domain/behaviours.ts';
import { claimsOf } from '../domain/claim.ts';
import { actRevoked } from '../domain/events.ts';
import {
  actCause,
  freesCaps,
  freesClaim,
  type RevocationReason,
  revokedEntry,
} from '../domain/revocation.ts';
import { Act, type ActRow } from '../entities/act.ts';
import { freeClaim } from './claims.ts';
import { addUse, lockUse } from './use.ts';

export type RevokeGreenAct = Readonly<{
  idempotencyKey: string;
  actId: string;
  reason: RevocationReason;
  /** SHA-256 of the document that shows it, in hexadecimal digits. */
  evidenceHash: string;
}>;

export type GreenActRevoked = Readonly<{ kind: 'GreenActRevoked'; actId: string }>;

/**
 * Takes an act back: exactly its grams, by the version of the factor that they were computed with. Once: who revokes
 * it again, with whatever key, is answered the same, and the first reason stands.
 */
export async function revokeGreenAct(
  work: Work,
  { actId, reason, evidenceHash }: RevokeGreenAct,
): Promise<GreenActRevoked | NotFound | InvalidInput> {
  if (!/^[0-9a-f]{64}$/.test(evidenceHash)) return invalidInput('HASH_NOT_USABLE', 'evidenceHash');
  const act = await lockAct(work, actId);
  if (act === null || !mayRevoke(work, act)) return notFound('ACT_NOT_FOUND');
  if (act.revokedAt !== null) return revoked(actId);

  // From here on the command must succeed.
  const revocation = { revocationReason: reason, revocationEvidence: evidenceHash };
  await work.manager.update(Act, actId, {
    revokedAt: work.at,
    revokedBy: work.caller.subject,
    shownGrams: 0,
    ...revocation,
  });
  // In the order in which recording takes them, so that neither waits for the other.
  if (freesCaps(reason)) await giveRoomBack(work, act);
  if (freesClaim(reason)) {
    for (const claim of claimsOf(act)) await freeClaim(work, claim, actCause(actId));
  }
  const entries = await work.manager.findBy(CarbonEntries, { cause: actCause(actId) });
  await insertEntries(
    work,
    entries.map((entry) => revokedEntry(entry, actId)),
  );
  await appendEvents(work.manager, work.at, [actRevoked(act, work.at)]);
  return revoked(actId);
}

const revoked = (actId: string): GreenActRevoked => ({ kind: 'GreenActRevoked', actId });

/** The operator any, a merchant those that it recorded itself. */
const mayRevoke = ({ caller }: Work, { merchantId }: ActRow): boolean =>
  hasRole(caller, 'OPERATOR', 'SERVICE') ||
  (merchantId !== null && caller.merchantId === merchantId);

/** The act as it stays until the transaction ends: of two who revoke it the second finds it revoked. */
async function lockAct(work: Work, actId: string): Promise<ActRow | null> {
  const { manager, dialect } = work;
  await manager.query(`SELECT id FROM green_act WHERE id = ? ${dialect.forUpdate}`, [actId]);
  return manager.findOneBy(Act, { id: actId });
}

async function giveRoomBack(work: Work, act: ActRow): Promise<void> {
  const { memberId, activityMilli, countedMilli, occurredAt } = act;
  const behaviour = behaviourOf(act.behaviour);
  // Projects have no caps: each is taken part in once.
  if (behaviour === null) return;
  const deed = { memberId, behaviour, day: dayOf(occurredAt) };
  const { today } = await lockUse(work, deed);
  assert(today.acts > 0, 'an act that stands was counted');
  const use = { acts: -1, claimedMilli: -activityMilli, countedMilli: -countedMilli };
  await addUse(work, deed, use);
}
