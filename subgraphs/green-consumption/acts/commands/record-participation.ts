import { dayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import { refuseTexts, refuseTime } from '../domain/act-input.ts';
import { claimOf, claimsOf } from '../domain/claim.ts';
import { actRecorded } from '../domain/events.ts';
import { PROJECT, PROJECT_UNIT } from '../domain/project.ts';
import { type ActClaimed, actClaimed, type TrackNotAccepted } from '../domain/refusals.ts';
import { actCause } from '../domain/revocation.ts';
import { Act, type ActRow } from '../entities/act.ts';
import { Project, type ProjectRow } from '../entities/project.ts';
import type { MemberStanding } from '../queries/member-standing.ts';
import { claimForAct } from './claims.ts';
import type { GreenActRecorded } from './record-act.ts';

export type RecordGreenParticipation = Readonly<{
  idempotencyKey: string;
  memberId: string;
  projectCode: string;
  evidenceNumber: string;
  occurredAt: Date;
}>;

type Refusals = ActClaimed | TrackNotAccepted | NotFound | InvalidInput;

/** Records that a member took part in a project, once for each of them: it saves no grams, rules may pay for it (S48). */
export const recordGreenParticipationOf = (standing: MemberStanding) =>
  async function recordGreenParticipation(
    work: Work,
    input: RecordGreenParticipation,
  ): Promise<GreenActRecorded | Refusals> {
    const { memberId, projectCode, evidenceNumber, occurredAt } = input;
    const wrong =
      refuseTexts({ memberId, projectCode, evidenceNumber }) ?? refuseTime(occurredAt, work.at);
    if (wrong !== null) return wrong;
    const project = await work.manager.findOneBy(Project, { code: projectCode });
    if (project === null || !mayRecord(work, project)) return notFound('PROJECT_NOT_FOUND');
    const day = dayOf(occurredAt);
    if (day < project.startsOn || day > project.endsOn) {
      return invalidInput('PROJECT_NOT_RUNNING', 'occurredAt', { project: projectCode });
    }
    if (standing === 'UNKNOWN') throw fault('SUBGRAPH_UNAVAILABLE', 'MEMBERS_UNREACHABLE');
    if (standing === 'MISSING') return notFound('MEMBER_NOT_FOUND');
    const row = rowOf(work, input, project);
    const lost = await claimForAct(work, claimsOf(row), actCause(row.id));
    if (lost !== null) return actClaimed(lost);

    // From here on the command must succeed.
    await work.manager.insert(Act, row);
    await appendEvents(work.manager, work.at, [actRecorded(row)]);
    return { kind: 'GreenActRecorded', actId: row.id };
  };

/** A project that is nobody's is the operator's. */
const mayRecord = ({ caller }: Work, { merchantId }: ProjectRow): boolean =>
  actsForMerchant(caller, merchantId ?? '');

const EVIDENCE = { evidence: 'PARTICIPATION', group: PROJECT } as const;

function rowOf(
  { newId, caller, at }: Work,
  { memberId, evidenceNumber, occurredAt }: RecordGreenParticipation,
  { id: projectId, code, region, merchantId }: ProjectRow,
): ActRow {
  const evidence = { issuer: code, number: evidenceNumber };
  return {
    id: newId(),
    memberId,
    behaviour: PROJECT,
    factorVersion: null,
    basis: null,
    unit: PROJECT_UNIT,
    activityMilli: 1_000,
    countedMilli: 1_000,
    grams: 0,
    shownGrams: 0,
    region,
    merchantId,
    projectId,
    evidenceKind: EVIDENCE.evidence,
    evidenceIssuer: evidence.issuer,
    evidenceNumber: evidence.number,
    externalClaimId: claimOf(EVIDENCE, { memberId, day: dayOf(occurredAt), evidence }),
    occurredAt,
    recordedBy: caller.subject,
    recordedAt: at,
    revokedAt: null,
    revokedBy: null,
    revocationReason: null,
    revocationEvidence: null,
  };
}
