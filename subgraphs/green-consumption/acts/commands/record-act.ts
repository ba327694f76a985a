import { dayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { hasRole } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import { sum } from '../../../../shared/quantities.ts';
import { insertEntries } from '../../accounts/commands/insert-entries.ts';
import { type Factor, factorOn } from '../../domain/factors.ts';
import { SHOWN_BASIS, savedGrams } from '../../domain/saving.ts';
import { CarbonEntries } from '../../entities/carbon-entry.ts';
import { readFactors } from '../../factors/queries/read-factors.ts';
import {
  type GivenAct,
  refuseActivity,
  refuseRegion,
  refuseTexts,
  refuseTime,
} from '../domain/act-input.ts';
import { type Behaviour, behaviourOf, groupOf } from '../domain/behaviours.ts';
import { countedOf } from '../domain/caps.ts';
import { claimOf } from '../domain/claim.ts';
import { actRecorded } from '../domain/events.ts';
import {
  type ActCapReached,
  type ActClaimed,
  type ActNotPlausible,
  actCapReached,
  actClaimed,
  actNotPlausible,
  type FactorNotInForce,
  factorNotInForce,
  type TrackNotAccepted,
} from '../domain/refusals.ts';
import { actCause } from '../domain/revocation.ts';
import { Act, type ActRow } from '../entities/act.ts';
import { holdersOf } from '../queries/claim-holders.ts';
import type { MemberStanding } from '../queries/member-standing.ts';
import type { MerchantStanding } from '../queries/merchant-standing.ts';
import { claimForAct, FREED } from './claims.ts';
import { addUse, lockUse } from './use.ts';

export type RecordGreenAct = GivenAct & Readonly<{ idempotencyKey: string }>;

export type GreenActRecorded = Readonly<{ kind: 'GreenActRecorded'; actId: string }>;

type Refusals =
  | TrackNotAccepted
  | InvalidInput
  | FactorNotInForce
  | ActNotPlausible
  | ActClaimed
  | ActCapReached
  | NotFound;

/**
 * Records what a member did instead of something worse: its grams go to her account by the factor of that day, once
 * for each deed, whoever reports it, and no more of it than the caps let through. What is above a cap is lost. `redemptionId`:
 * of the voucher that its evidence is, if it is one.
 */
export const recordGreenActOf = (
  standing: MemberStanding,
  merchant: MerchantStanding,
  redemptionId: string | null,
) =>
  async function recordGreenAct(
    work: Work,
    input: RecordGreenAct,
  ): Promise<GreenActRecorded | Refusals> {
    const deed = await deedOf(work, input);
    if ('kind' in deed) return deed;
    if (standing === 'UNKNOWN') throw fault('SUBGRAPH_UNAVAILABLE', 'MEMBERS_UNREACHABLE');
    if (standing === 'MISSING') return notFound('MEMBER_NOT_FOUND');
    if (merchant === 'UNKNOWN') throw fault('SUBGRAPH_UNAVAILABLE', 'MERCHANTS_UNREACHABLE');
    if (!merchant.isThere) return notFound('MERCHANT_NOT_FOUND');
    if (merchant.buyerId !== null && merchant.buyerId !== input.memberId) {
      return invalidInput('ORDER_OF_ANOTHER', 'evidence.number');
    }
    if (await isRedeemed(work, deed.behaviour, redemptionId)) return actClaimed(deed.claim);
    const counted = await countedUnder(work, input, deed);
    if ('kind' in counted) return counted;
    const id = work.newId();
    const lost = await claimForAct(work, [deed.claim], actCause(id));
    if (lost !== null) return actClaimed(lost);

    // From here on the command must succeed.
    const row = rowOf(work, input, { ...deed, ...counted, id });
    await write(work, row, deed);
    return { kind: 'GreenActRecorded', actId: id };
  };

/** Whether what was redeemed is in an account already, by the certificate of its reward. */
async function isRedeemed(
  { manager }: Work,
  { group }: Behaviour,
  redemptionId: string | null,
): Promise<boolean> {
  if (redemptionId === null) return false;
  const entries = await manager.findBy(CarbonEntries, { origin: `redemption:${redemptionId}` });
  const own = entries.filter(({ factorCode }) => groupOf(factorCode) === group);
  return sum(own.map(({ grams }) => grams)) > 0;
}

type Deed = Readonly<{ behaviour: Behaviour; factor: Factor; day: number; claim: string }>;

/** What the input says, or why it cannot be. */
async function deedOf(work: Work, input: RecordGreenAct): Promise<Deed | Refusals> {
  const { evidence, memberId, region, occurredAt } = input;
  const wrong = refuseTexts(textsOf(input)) ?? refuseRegion(region);
  if (wrong !== null) return wrong;
  const behaviour = behaviourOf(input.behaviour);
  if (behaviour === null) {
    return invalidInput('ACT_UNKNOWN', 'behaviour', { behaviour: input.behaviour });
  }
  if (evidence.kind !== behaviour.evidence) {
    const { code, evidence: required } = behaviour;
    return invalidInput('EVIDENCE_DOES_NOT_FIT', 'evidence.kind', { behaviour: code, required });
  }
  const late = refuseTime(occurredAt, work.at) ?? refuseForeignEvidence(work, input);
  if (late !== null) return late;
  const day = dayOf(occurredAt);
  const factor = factorOn(behaviour.code, day, await readFactors(work.manager), region);
  if (factor === null) return factorNotInForce(behaviour.code);
  const unfit = refuseActivity(input, behaviour, factor);
  if (unfit !== null) return unfit;
  return { behaviour, factor, day, claim: claimOf(behaviour, { memberId, day, evidence }) };
}

const textsOf = ({ memberId, behaviour, unit, region, evidence, merchantId }: RecordGreenAct) => ({
  memberId,
  behaviour,
  unit,
  region,
  'evidence.issuer': evidence.issuer,
  'evidence.number': evidence.number,
  ...(merchantId ? { merchantId } : {}),
});

/** A merchant vouches for its own evidence alone, and for no retired certificate: those are not its to issue. */
const refuseForeignEvidence = (
  { caller }: Work,
  { evidence }: RecordGreenAct,
): InvalidInput | null =>
  hasRole(caller, 'OPERATOR', 'SERVICE') ||
  (evidence.issuer === caller.merchantId && evidence.kind !== 'RETIRED_CERTIFICATE')
    ? null
    : invalidInput('EVIDENCE_NOT_OWN', 'evidence.issuer');

type Counted = Readonly<{ countedMilli: number; grams: number }>;

/** What of it counts. Whoever records for the same member meanwhile waits for this one. */
async function countedUnder(
  work: Work,
  { memberId, activityMilli }: RecordGreenAct,
  { behaviour, factor, day, claim }: Deed,
): Promise<Counted | Refusals> {
  const use = await lockUse(work, { memberId, behaviour, day });
  const holder = (await holdersOf(work.manager, [claim])).get(claim) ?? FREED;
  if (holder !== FREED) return actClaimed(claim);
  const { unit } = factor;
  const mostMilli = behaviour.mostPerDayMilli;
  if (use.today.claimedMilli + activityMilli > mostMilli) {
    return actNotPlausible('DAY', behaviour, { unit, mostMilli });
  }
  const { milli, cap } = countedOf(behaviour, activityMilli, use.under);
  const grams = savedGrams(factor, { activityMilli: milli, pieces: 1 });
  if (grams > 0) return { countedMilli: milli, grams };
  return cap === null
    ? invalidInput('ACTIVITY_SAVES_NOTHING', 'activityMilli')
    : actCapReached(cap, { day, unit });
}

const rowOf = (
  { at, caller }: Work,
  input: RecordGreenAct,
  { id, factor, claim, countedMilli, grams }: Deed & Counted & Readonly<{ id: string }>,
): ActRow => ({
  id,
  memberId: input.memberId,
  behaviour: factor.code,
  factorVersion: factor.version,
  basis: factor.basis,
  unit: factor.unit,
  activityMilli: input.activityMilli,
  countedMilli,
  grams,
  shownGrams: factor.basis === SHOWN_BASIS ? grams : 0,
  region: input.region,
  merchantId: input.merchantId ?? null,
  projectId: null,
  evidenceKind: input.evidence.kind,
  evidenceIssuer: input.evidence.issuer,
  evidenceNumber: input.evidence.number,
  externalClaimId: claim,
  occurredAt: input.occurredAt,
  recordedBy: caller.subject,
  recordedAt: at,
  revokedAt: null,
  revokedBy: null,
  revocationReason: null,
  revocationEvidence: null,
});

async function write(work: Work, row: ActRow, { behaviour, factor, day }: Deed): Promise<void> {
  const { memberId, activityMilli, countedMilli, merchantId, grams, occurredAt } = row;
  await work.manager.insert(Act, row);
  const use = { acts: 1, claimedMilli: activityMilli, countedMilli };
  await addUse(work, { memberId, behaviour, day }, use);
  const cause = actCause(row.id);
  await insertEntries(work, [
    {
      cause,
      line: 0,
      factorCode: factor.code,
      factorVersion: factor.version,
      basis: factor.basis,
      memberId,
      merchantId,
      region: row.region,
      origin: cause,
      certificateId: null,
      activityMilli: countedMilli,
      pieces: 1,
      grams,
      occurredAt,
    },
  ]);
  await appendEvents(work.manager, work.at, [actRecorded(row)]);
}
