import { rememberedOutcome } from '../../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { findingsOfTexts } from '../../../shared/graphql/law.ts';
import type { Context } from '../context.ts';
import { isMerchant } from '../queries/are-there.ts';
import { type RecordGreenAct, recordGreenActOf } from './commands/record-act.ts';
import {
  type RecordGreenParticipation,
  recordGreenParticipationOf,
} from './commands/record-participation.ts';
import {
  NOTHING_FOUND,
  type RegisterGreenProject,
  refuseProject,
  registerGreenProjectOf,
  wordsOf,
} from './commands/register-project.ts';
import { memberStanding } from './queries/member-standing.ts';
import { merchantStanding } from './queries/merchant-standing.ts';
import { redeemedAs } from './queries/redeemed-as.ts';

/** Asks whether the member and the merchant are there, and whose the order is, then records. Throws FORBIDDEN for staff who name another merchant, or none. */
export async function askAndRecord(context: Context, input: RecordGreenAct) {
  const { caller, peers, run } = context;
  if (!actsForMerchant(caller, input.merchantId ?? '')) throw fault('FORBIDDEN');
  const [standing, merchant, redemptionId] = await Promise.all([
    memberStanding(peers, input.memberId, context),
    merchantStanding(peers, input, context),
    redeemedAs(context, input),
  ]);
  return run(recordGreenActOf(standing, merchant, redemptionId), input);
}

/** The same of taking part in a project. */
export async function askAndRecordParticipation(context: Context, input: RecordGreenParticipation) {
  const standing = await memberStanding(context.peers, input.memberId, context);
  return context.run(recordGreenParticipationOf(standing), input);
}

/** Asks whether the merchant is there, and the compliance guard about its words, then registers. A repeated key is answered without asking. */
export async function askAndRegisterProject(context: Context, input: RegisterGreenProject) {
  const earlier = await rememberedOutcome(context, registerGreenProjectOf(NOTHING_FOUND), input);
  if (earlier !== null) return earlier.outcome;
  // What is wrong by itself is said without asking anybody.
  if (refuseProject(input) !== null) {
    return context.run(registerGreenProjectOf(NOTHING_FOUND), input);
  }
  const { merchantId = null } = input;
  const [isThere, findings] = await Promise.all([
    merchantId === null || isMerchant(context, merchantId),
    findingsOfTexts(context, wordsOf(input)),
  ]);
  return context.run(registerGreenProjectOf({ isMerchant: isThere, findings }), input);
}
