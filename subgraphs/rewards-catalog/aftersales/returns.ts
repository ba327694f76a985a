import type { BaseContext, Frame } from '../../../shared/graphql/context.ts';
import { PeerFailure } from '../../../shared/graphql/peers.ts';
import type { Worker } from '../../../shared/workers.ts';
import { around, type Hands } from '../commands/advance-redemption.ts';
import type { OnStep } from '../domain/redemption.ts';
import { before, leaveToWorker, workOff } from '../due-work.ts';
import type { ReturnRedemptionInput } from '../schema.generated.ts';
import type { VoucherSeal } from '../voucher-seal.ts';
import { advanceReturn } from './commands/advance-return.ts';
import { type ReturnRedemptionOutcome, returnRedemption } from './commands/return-redemption.ts';
import { Return } from './entities/return.ts';

type Asked = BaseContext<unknown, unknown>;

/** Returns as durable state machines, as redemptions are. */
export type Returns = Readonly<{
  /** Records what comes back, then gives the points back if that can be done in time. */
  giveBack: (context: Asked, input: ReturnRedemptionInput) => Promise<ReturnRedemptionOutcome>;
  worker: Worker;
}>;

const TABLE = 'rewards_return';

export function createReturns(frame: Frame, seal: VoucherSeal, onStep: OnStep): Returns {
  const hands: Hands = { frame, seal, onStep };

  async function giveBack(
    context: Asked,
    input: ReturnRedemptionInput,
  ): Promise<ReturnRedemptionOutcome> {
    const recorded = await around(hands, 'record-return', () =>
      context.run(returnRedemption, input),
    );
    if (recorded.kind !== 'RedemptionReturned') return recorded;
    const { returnId } = recorded;
    const driven = drive({ ...hands, call: context }, returnId).catch(async (error: unknown) => {
      if (!(error instanceof PeerFailure)) throw error;
      frame.logger.warn({ returnId, error }, 'a return is left to the worker');
      await leaveToWorker(frame, TABLE, returnId);
    });
    await before(context.deadline, frame.clock, driven);
    return recorded;
  }

  return {
    giveBack,
    worker: {
      name: 'returns',
      restMs: 1_000,
      step: () => workOff(frame, TABLE, (id) => drive(hands, id)),
    },
  };
}

async function drive(hands: Hands, id: string): Promise<void> {
  for (;;) {
    const row = await hands.frame.database.reader.findOneByOrFail(Return, { id });
    if (row.state === 'DONE') return;
    await advanceReturn(hands, row);
  }
}
