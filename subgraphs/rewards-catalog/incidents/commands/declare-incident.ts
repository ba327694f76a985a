import { In } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import { Reward } from '../../entities/reward.ts';
import type { DeclareIncidentInput } from '../../schema.generated.ts';
import { Incident, type IncidentRow } from '../entities/incident.ts';

export type IncidentDeclared = Readonly<{ kind: 'IncidentDeclared'; incidentId: string }>;

const REWARDS_MAX = 50;
const CAUSE_MAX = 1_000;
/** What lasted longer is told in several incidents. */
const WINDOW_DAYS_MAX = 366;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * States that rewards of a merchant could not be redeemed or used for a time, by a fault that it has to answer for
 * (S62). Nothing is done yet but finding out whom it concerned. Throws FORBIDDEN for another's merchant.
 */
export async function declareIncident(
  work: Work,
  input: DeclareIncidentInput,
): Promise<IncidentDeclared | InvalidInput | NotFound> {
  const { merchantId, cause } = input;
  if (!actsForMerchant(work.caller, merchantId)) throw fault('FORBIDDEN');
  const rewardIds = [...new Set(input.rewardIds)].sort();
  const wrong =
    checkText('cause.zh', cause.zh, CAUSE_MAX) ??
    checkText('cause.en', cause.en, CAUSE_MAX) ??
    checkWindow(input, work.at);
  if (wrong !== null) return wrong;
  if (rewardIds.length < 1 || rewardIds.length > REWARDS_MAX) {
    return invalidInput('INCIDENT_REWARDS_COUNT', 'rewardIds', { max: REWARDS_MAX });
  }
  const rewards = await work.manager.findBy(Reward, { id: In(rewardIds) });
  const unknown = rewardIds.find((id) => rewards.every((reward) => reward.id !== id));
  if (unknown !== undefined) return notFound('REWARD_UNKNOWN', { rewardId: unknown });
  const foreign = rewards.find((reward) => reward.merchantId !== merchantId);
  if (foreign !== undefined) {
    return invalidInput('REWARD_OF_OTHER_MERCHANT', 'rewardIds', { rewardId: foreign.id });
  }

  // From here on the command must succeed.
  const row = rowOf(work, input, rewardIds);
  await work.manager.insert(Incident, row);
  return { kind: 'IncidentDeclared', incidentId: row.id };
}

function checkWindow({ from, until }: DeclareIncidentInput, at: Date): InvalidInput | null {
  const [start, end] = [new Date(from).getTime(), new Date(until).getTime()];
  if (end > at.getTime()) return invalidInput('INCIDENT_IN_FUTURE', 'until');
  if (start >= end) return invalidInput('INCIDENT_WINDOW_EMPTY', 'until');
  if (end - start > WINDOW_DAYS_MAX * DAY_MS) {
    return invalidInput('INCIDENT_WINDOW_TOO_LONG', 'from', { max: WINDOW_DAYS_MAX });
  }
  return null;
}

const rowOf = (
  { at, newId, caller }: Work,
  { merchantId, cause, from, until }: DeclareIncidentInput,
  rewardIds: readonly string[],
): IncidentRow => ({
  id: newId(),
  merchantId,
  causeZh: cause.zh.trim(),
  causeEn: cause.en.trim(),
  rewardIds,
  from: new Date(from),
  until: new Date(until),
  state: 'LISTING',
  listedReward: '',
  listedMs: 0,
  listedId: '',
  lapsePosition: null,
  members: 0,
  redemptions: 0,
  declaredBy: caller.subject,
  declaredAt: at,
  remedy: null,
  proposal: 0,
  proposedBy: null,
  withdrawnBy: null,
  approvedBy: null,
  approvedOn: null,
  priceMinor: null,
  pricePoints: null,
  priceCurrency: null,
  reserved: 0,
  membersDone: 0,
  membersRefused: 0,
  vouchersDone: 0,
  pointsGiven: 0,
  finishedAt: null,
  attempts: 0,
  nextAttemptAt: at,
});
