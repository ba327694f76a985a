import { rememberedOutcome } from '../../shared/commands/run-command.ts';
import { actsForMember } from '../../shared/graphql/caller.ts';
import type { BaseContext, Frame } from '../../shared/graphql/context.ts';
import { fault } from '../../shared/graphql/faults.ts';
import { PeerFailure } from '../../shared/graphql/peers.ts';
import type { Worker } from '../../shared/workers.ts';
import { advanceRedemption, around, type Hands } from './commands/advance-redemption.ts';
import { type RecordRedemptionOutcome, recordRedemption } from './commands/record-redemption.ts';
import {
  answerOf,
  isAtRest,
  type OnStep,
  type RedemptionAnswer,
  type RedemptionStep,
} from './domain/redemption.ts';
import { before, leaveToWorker, workOff } from './due-work.ts';
import { Redemption, type RedemptionRow } from './entities/redemption.ts';
import { Reward } from './entities/reward.ts';
import { askedOf } from './offers/commands/conditions.ts';
import { NO_FACTS, offerFacts } from './offers/queries/offer-facts.ts';
import { promisedBy } from './offers/quote-token.ts';
import { familyOf } from './queries/family.ts';
import { memberStanding, merchantStanding } from './queries/standing.ts';
import type { RedeemInput } from './schema.generated.ts';
import type { VoucherSeal } from './voucher-seal.ts';

type Asked = BaseContext<unknown, unknown>;

export type RedeemOutcome =
  | RedemptionAnswer
  | Exclude<RecordRedemptionOutcome, { kind: 'RedemptionRecorded' }>;

/** Redemptions as durable state machines: driven by the request, finished by a worker if need be. */
export type Redemptions = Readonly<{
  redeem: (context: Asked, input: RedeemInput) => Promise<RedeemOutcome>;
  /**
   * Drives a redemption on, as far as it comes in time, and answers where it is. When the ledger does not answer,
   * the worker goes on.
   */
  carryOn: (context: Asked, redemptionId: string) => Promise<RedemptionRow>;
  /** Told around a piece of work. */
  around: <T>(step: RedemptionStep, work: () => Promise<T>) => Promise<T>;
  worker: Worker;
}>;

const TABLE = 'rewards_redemption';

export function createRedemptions(frame: Frame, seal: VoucherSeal, onStep: OnStep): Redemptions {
  const hands: Hands = { frame, seal, onStep };
  const underway = new Map<string, Promise<RedemptionRow>>();

  /** Of equal requests in this process one does the work; between processes the guards decide. */
  function drive(id: string, call?: Hands['call']): Promise<RedemptionRow> {
    const known = underway.get(id);
    if (known !== undefined) return known;
    const run = driveToEnd({ ...hands, call }, id).finally(() => underway.delete(id));
    underway.set(id, run);
    return run;
  }

  /** Throws FORBIDDEN when the caller may not act for the member, PeerFailure during an outage. */
  async function redeem(context: Asked, input: RedeemInput): Promise<RedeemOutcome> {
    if (!actsForMember(context.caller, input.memberId)) throw fault('FORBIDDEN');
    const command = recordRedemption(await factsFor(context, input));
    const recorded = await around(hands, 'record', () => context.run(command, input));
    if (recorded.kind !== 'RedemptionRecorded') return recorded;
    return answerOf(await carryOn(context, recorded.redemptionId));
  }

  const read = (id: string): Promise<RedemptionRow> =>
    frame.database.reader.findOneByOrFail(Redemption, { id });

  async function carryOn(context: Asked, redemptionId: string): Promise<RedemptionRow> {
    const driven = driveAnew(redemptionId, context).catch(async (error: unknown) => {
      if (!(error instanceof PeerFailure)) throw error;
      frame.logger.warn({ redemptionId, error }, 'a redemption is left to the worker');
      await leaveToWorker(frame, TABLE, redemptionId);
      return read(redemptionId);
    });
    return (await before(context.deadline, frame.clock, driven)) ?? read(redemptionId);
  }

  /** Whom somebody drives already may have been at rest for him before there was more to do. */
  async function driveAnew(id: string, call: Hands['call']): Promise<RedemptionRow> {
    await underway.get(id);
    const redemption = await drive(id, call);
    return isAtRest(redemption, frame.clock.now()) ? redemption : drive(id, call);
  }

  return {
    redeem,
    carryOn,
    around: (step, work) => around(hands, step, work),
    worker: { name: 'redemptions', restMs: 1_000, step: () => workOff(frame, TABLE, drive) },
  };
}

/**
 * What has to be known from other subgraphs before a redemption is recorded. A key that was answered
 * before needs none of it: its answer stands, even when the merchant was suspended meanwhile.
 */
async function factsFor(context: Asked, input: RedeemInput) {
  const unknown = { member: null, merchant: null, offer: NO_FACTS, familyId: null, promised: null };
  if ((await rememberedOutcome(context, recordRedemption(unknown), input)) !== null) return unknown;
  const reward = await context.database.reader.findOneBy(Reward, { id: input.rewardId });
  if (reward === null) return unknown;
  const [member, merchant, offer, familyId] = await Promise.all([
    memberStanding(context, input.memberId),
    merchantStanding(context, reward.merchantId),
    offerFacts(context, reward, askedOf(input)),
    input.payFrom === 'FAMILY_POOL' ? familyOf(context, input.memberId) : null,
  ]);
  return { member, merchant, offer, familyId, promised: promisedBy(context, input) };
}

async function driveToEnd(hands: Hands, id: string): Promise<RedemptionRow> {
  for (;;) {
    const redemption = await hands.frame.database.reader.findOneByOrFail(Redemption, { id });
    if (isAtRest(redemption, hands.frame.clock.now())) return redemption;
    await advanceRedemption(hands, redemption);
  }
}
