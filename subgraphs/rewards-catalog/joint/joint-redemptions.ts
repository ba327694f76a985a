import { rememberedOutcome } from '../../../shared/commands/run-command.ts';
import { actsForMember } from '../../../shared/graphql/caller.ts';
import type { BaseContext, Frame } from '../../../shared/graphql/context.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { PeerFailure } from '../../../shared/graphql/peers.ts';
import type { Worker } from '../../../shared/workers.ts';
import { around, type Hands } from '../commands/advance-redemption.ts';
import type { OnStep } from '../domain/redemption.ts';
import { before, leaveToWorker, workOff } from '../due-work.ts';
import { NO_FACTS } from '../offers/queries/offer-facts.ts';
import type { Redemptions } from '../redemptions.ts';
import type {
  AcceptJointRedemptionInput,
  DeclineJointRedemptionInput,
  RedeemTogetherInput,
} from '../schema.generated.ts';
import type { VoucherSeal } from '../voucher-seal.ts';
import { recordAcceptance } from './commands/accept-joint.ts';
import { advanceJoint } from './commands/advance-joint.ts';
import { declineJointRedemption } from './commands/decline-joint.ts';
import { type LockedJoint, readJoint } from './commands/lock-joint.ts';
import { recordJoint } from './commands/redeem-together.ts';
import { acceptingFacts, startingFacts } from './queries/facts.ts';

type Asked = BaseContext<unknown, unknown>;
type Of<Kind> = Readonly<{ kind: Kind; jointId: string }>;

export type JointRedemptionStarted = Of<'JointRedemptionStarted'>;
export type JointRedemptionAccepted = Of<'JointRedemptionAccepted'>;
export type JointRedemptionDeclined = Of<'JointRedemptionDeclined'>;

const TABLE = 'rewards_joint';

export type JointRedemptions = ReturnType<typeof createJointRedemptions>;

/** Joint redemptions as durable state machines, as redemptions are: driven by requests, finished by a worker. */
export function createJointRedemptions(
  frame: Frame,
  seal: VoucherSeal,
  { onStep, redemptions }: Readonly<{ onStep: OnStep; redemptions: Redemptions }>,
) {
  const hands: Hands = { frame, seal, onStep };

  /** Drives one on as far as it comes in time, and the redemption that it has become. */
  async function carryOn(context: Asked, id: string): Promise<LockedJoint> {
    const driven = drive({ ...hands, call: context }, id).catch(async (error: unknown) => {
      if (!(error instanceof PeerFailure)) throw error;
      frame.logger.warn({ jointId: id, error }, 'a joint redemption is left to the worker');
      await leaveToWorker(frame, TABLE, id);
    });
    await before(context.deadline, frame.clock, driven);
    const found = await read(id);
    if (found.joint.state === 'PLACED') await redemptions.carryOn(context, id);
    return found;
  }

  async function read(id: string): Promise<LockedJoint> {
    const found = await readJoint(frame.database.reader, id);
    if (found === null) throw new Error(`Broken invariant: there is no joint redemption ${id}`);
    return found;
  }

  /** Throws FORBIDDEN when the caller may not act for the member, PeerFailure during an outage. */
  async function redeemTogether(context: Asked, input: RedeemTogetherInput) {
    checkActs(context, input.memberId);
    const none = { member: null, merchant: null, offer: NO_FACTS, areOthersActive: false };
    const isKnown = (await rememberedOutcome(context, recordJoint(none), input)) !== null;
    const command = recordJoint(isKnown ? none : await startingFacts(context, input));
    const recorded = await around(hands, 'start-joint', () => context.run(command, input));
    if (recorded.kind !== 'JointRecorded') return recorded;
    const { jointId } = recorded;
    const { joint, parts } = await carryOn(context, jointId);
    const refusal = joint.openedAt === null ? (parts[0]?.refusals[1] ?? null) : null;
    return refusal ?? ({ kind: 'JointRedemptionStarted', jointId } as const);
  }

  /** Throws as `redeemTogether` does. */
  async function accept(context: Asked, input: AcceptJointRedemptionInput) {
    checkActs(context, input.memberId);
    const none = { member: null, merchant: null, offer: NO_FACTS };
    const isKnown = (await rememberedOutcome(context, recordAcceptance(none), input)) !== null;
    const command = recordAcceptance(isKnown ? none : await acceptingFacts(context, input));
    const recorded = await around(hands, 'accept-part', () => context.run(command, input));
    if (recorded.kind !== 'AcceptanceRecorded') return recorded;
    const { jointId, partId, tried } = recorded;
    const { parts } = await carryOn(context, jointId);
    const refusal = parts.find(({ id }) => id === partId)?.refusals[tried];
    return refusal ?? ({ kind: 'JointRedemptionAccepted', jointId } as const);
  }

  /** Throws FORBIDDEN when the caller may not act for the member. */
  async function decline(context: Asked, input: DeclineJointRedemptionInput) {
    checkActs(context, input.memberId);
    const asked = () => context.run(declineJointRedemption, input);
    const recorded = await around(hands, 'decline-part', asked);
    if (recorded.kind !== 'DeclineRecorded') return recorded;
    await carryOn(context, recorded.jointId);
    return { kind: 'JointRedemptionDeclined', jointId: recorded.jointId } as const;
  }

  const worker: Worker = {
    name: 'joint-redemptions',
    restMs: 1_000,
    step: () => workOff(frame, TABLE, (id) => drive(hands, id)),
  };

  async function drive(own: Hands, id: string): Promise<void> {
    while (await advanceJoint(own, await read(id)));
  }

  return { redeemTogether, accept, decline, worker };
}

function checkActs({ caller }: Asked, memberId: string): void {
  if (!actsForMember(caller, memberId)) throw fault('FORBIDDEN');
}
