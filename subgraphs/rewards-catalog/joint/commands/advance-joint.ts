import type { EntityManager } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { serviceCaller } from '../../../../shared/graphql/caller.ts';
import { refused } from '../../../../shared/graphql/refusals.ts';
import { around, type Hands, refusalOfOwn } from '../../commands/advance-redemption.ts';
import type { RedemptionStep } from '../../domain/redemption.ts';
import { type JointRefusal, nextStep, type PartRefusal } from '../domain/joint.ts';
import type { PartRow } from '../entities/part.ts';
import { placingFacts } from '../queries/placing-facts.ts';
import { type LockedJoint, lockJoint, moveJoint } from './lock-joint.ts';
import { placeJoint } from './place-joint.ts';
import { holdPart, releaseParts } from './post-parts.ts';

/**
 * Does what comes next for a joint redemption, once. What it finds is looked at again under the lock of its row, and
 * every command to the ledger has a key, so requests and workers may race. False: there is nothing to do now. Throws
 * PeerFailure when another subgraph does not answer.
 */
export async function advanceJoint(hands: Hands, found: LockedJoint): Promise<boolean> {
  const step = nextStep(found.joint, found.parts, hands.frame.clock.now());
  if (step === null) return false;
  if (step === 'HOLD') await hold(hands, found);
  if (step === 'PLACE') await place(hands, found);
  if (step === 'TIME_OUT') await timeOut(hands, found);
  if (step === 'RELEASE') await release(hands, found);
  return true;
}

/** One part after the other: they are few, and each has its own answer. */
async function hold(hands: Hands, { joint, parts }: LockedJoint): Promise<void> {
  const part = parts.find(({ state }) => state === 'ACCEPTING');
  if (part === undefined) return;
  const outcome = await around(hands, 'hold-part', () => holdPart(hands, joint, part));
  const refusal = outcome.status === 'ACCEPTED' ? null : refusalOfOwn(outcome);
  await inTransaction(hands, 'note-part', joint.id, async (work, now) => {
    if (!(await notePart(work.manager, part, refusal))) return;
    const { state } = now.joint;
    // Nobody else knows of one whose first part was not set aside.
    if (state === 'STARTED' && refusal !== null) {
      await moveJoint(work.manager, joint, { state: 'CANCELLED', refusal, dueAt: null });
      return;
    }
    if (state === 'STARTED') await open(work.manager, joint.id, work.at);
    if (state === 'STARTED' || state === 'OPEN') await waitForOthers(work, now, part.id, refusal);
  });
}

/** Nothing is to be done before its time is over, unless this was the last part. */
async function waitForOthers(
  { manager, at }: Work,
  { joint, parts }: LockedJoint,
  partId: string,
  refusal: JointRefusal | null,
): Promise<void> {
  const noted = refusal === null ? ('HELD' as const) : ('INVITED' as const);
  const now = parts.map(({ id, state }) => ({ state: id === partId ? noted : state }));
  const isWaiting = nextStep({ ...joint, state: 'OPEN' }, now, at) === null;
  const dueAt = isWaiting ? joint.expiresAt.getTime() : at.getTime();
  await moveJoint(manager, joint, { state: 'OPEN', dueAt });
}

async function notePart(
  manager: EntityManager,
  { id, tries, refusals }: PartRow,
  refusal: PartRefusal | null,
): Promise<boolean> {
  const noted = await execute(
    manager,
    `UPDATE rewards_joint_part SET state = ?, refusals = ?
     WHERE id = ? AND state = 'ACCEPTING' AND tries = ?`,
    [
      refusal === null ? 'HELD' : 'INVITED',
      JSON.stringify(refusal === null ? refusals : { ...refusals, [tries]: refusal }),
      ...[id, tries],
    ],
  );
  return noted === 1;
}

const open = (manager: EntityManager, id: string, at: Date): Promise<number> =>
  execute(manager, 'UPDATE rewards_joint SET opened_ms = ? WHERE id = ?', [at.getTime(), id]);

/** All have accepted. The reward is theirs, or nothing is. */
async function place(hands: Hands, { joint, parts }: LockedJoint): Promise<void> {
  const facts = await placingFacts(hands, joint, parts);
  await inTransaction(hands, 'place', joint.id, async (work, now) => {
    if (nextStep(now.joint, now.parts, work.at) !== 'PLACE') return;
    const refusal = await placeJoint(work, now, facts);
    if (refusal !== null) await close(work, now, refusal);
  });
}

async function timeOut(hands: Hands, { joint }: LockedJoint): Promise<void> {
  await inTransaction(hands, 'close-joint', joint.id, async (work, now) => {
    if (nextStep(now.joint, now.parts, work.at) !== 'TIME_OUT') return;
    await close(work, now, refused('RewardNotAvailable', 'JOINT_EXPIRED'));
  });
}

const close = ({ manager, at }: Work, { joint }: LockedJoint, refusal: JointRefusal) =>
  moveJoint(manager, joint, { state: 'RELEASING', refusal, dueAt: at.getTime() });

async function release(hands: Hands, { joint, parts }: LockedJoint): Promise<void> {
  const held = parts.filter(({ state }) => state === 'HELD');
  if (held.length > 0) {
    await around(hands, 'release-parts', () => releaseParts(hands, joint.unit, held));
  }
  await inTransaction(hands, 'end-joint', joint.id, async ({ manager }, now) => {
    if (now.joint.state !== 'RELEASING') return;
    await execute(
      manager,
      `UPDATE rewards_joint_part SET state = 'RELEASED' WHERE joint_id = ? AND state = 'HELD'`,
      [joint.id],
    );
    await moveJoint(manager, joint, { state: 'CANCELLED', dueAt: null });
  });
}

const inTransaction = (
  hands: Hands,
  step: RedemptionStep,
  id: string,
  change: (work: Work, now: LockedJoint) => Promise<void>,
): Promise<void> =>
  around(hands, step, () => {
    const { database, clock, newId } = hands.frame;
    return database.transaction(async (manager) => {
      const at = clock.now();
      const caller = serviceCaller('rewards-catalog');
      const work = { manager, dialect: database.dialect, at, newId, caller };
      const now = await lockJoint(work, id);
      if (now !== null) await change(work, now);
    });
  });
