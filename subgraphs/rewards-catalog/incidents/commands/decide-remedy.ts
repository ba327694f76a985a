import { dayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import {
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type {
  ApplyRemedyInput,
  ProposeRemedyInput,
  WithdrawIncidentInput,
} from '../../schema.generated.ts';
import { readRemedy } from '../domain/remedy.ts';
import { Incident, type IncidentRow, type IncidentState } from '../entities/incident.ts';
import { assessRemedy, type NoRemedy } from '../queries/assess-remedy.ts';
import type { IssuerFacts } from '../queries/issuer-facts.ts';

type NotReady = Refused<'IncidentNotReady'>;

export type RemedyProposed = Readonly<{ kind: 'RemedyProposed'; incidentId: string }>;
export type RemedyApplied = Readonly<{ kind: 'RemedyApplied'; incidentId: string }>;
export type IncidentWithdrawn = Readonly<{ kind: 'IncidentWithdrawn'; incidentId: string }>;

/**
 * States what is to be done for those whom an incident concerned. It takes the place of what was proposed before.
 * Nothing is done until a second person approves of it.
 */
export const proposeRemedyOf = (facts: IssuerFacts | null) =>
  async function proposeRemedy(
    work: Work,
    { incidentId, remedy: stated }: ProposeRemedyInput,
  ): Promise<RemedyProposed | NoRemedy | NotReady> {
    const incident = await lockIncident(work, incidentId);
    if (incident === null) return notFound('INCIDENT_NOT_FOUND');
    const notYet = refuseState(incident.state, ['READY', 'PROPOSED']);
    if (notYet !== null) return notYet;
    const remedy = readRemedy(stated, incident);
    if ('code' in remedy) return remedy;
    const preview = await assessRemedy(work.manager, incident, remedy, facts);
    if (preview.kind !== 'RemedyPreview') return preview;

    // From here on the command must succeed.
    await work.manager.update(Incident, incidentId, {
      state: 'PROPOSED',
      remedy,
      proposal: incident.proposal + 1,
      proposedBy: work.caller.subject,
    });
    return { kind: 'RemedyProposed', incidentId };
  };

type ApplyOutcome = RemedyApplied | NoRemedy | NotReady | Refused<'SecondPersonNeeded'>;

/** A second person approves of the remedy that she has seen; a worker then gives it, to each member once. */
export const applyRemedyOf = (facts: IssuerFacts | null) =>
  async function applyRemedy(
    work: Work,
    { incidentId, proposal }: ApplyRemedyInput,
  ): Promise<ApplyOutcome> {
    const incident = await lockIncident(work, incidentId);
    if (incident === null) return notFound('INCIDENT_NOT_FOUND');
    const { remedy } = incident;
    const notYet = refuseState(incident.state, ['PROPOSED']);
    if (notYet !== null) return notYet;
    if (remedy === null) return notReady('NO_REMEDY_PROPOSED');
    if (incident.proposal !== proposal) return notReady('REMEDY_CHANGED');
    if (incident.proposedBy === work.caller.subject) {
      return refused('SecondPersonNeeded', 'REMEDY_SECOND_PERSON');
    }
    const preview = await assessRemedy(work.manager, incident, remedy, facts);
    if (preview.kind !== 'RemedyPreview') return preview;
    const pieces = preview.costs[0]?.pieces ?? 0;
    if (remedy.kind === 'SUBSTITUTE' && !(await takeStock(work, remedy.rewardId, pieces))) {
      return refused('SoldOut', 'SUBSTITUTE_SOLD_OUT', { pieces });
    }

    // From here on the command must succeed.
    const price = remedy.kind === 'BONUS' ? (facts?.price ?? null) : null;
    await work.manager.update(Incident, incidentId, {
      state: 'APPLYING',
      approvedBy: work.caller.subject,
      approvedOn: dayOf(work.at),
      priceMinor: price?.minor ?? null,
      pricePoints: price?.points ?? null,
      priceCurrency: price?.currency ?? null,
      reserved: pieces,
      attempts: 0,
      nextAttemptAt: work.at,
    });
    return { kind: 'RemedyApplied', incidentId };
  };

/** Drops what was declared by mistake, whoever declared it. What is approved is promised, and stays. */
export async function withdrawIncident(
  work: Work,
  { incidentId }: WithdrawIncidentInput,
): Promise<IncidentWithdrawn | NotReady | NotFound> {
  const incident = await lockIncident(work, incidentId);
  if (incident === null) return notFound('INCIDENT_NOT_FOUND');
  const tooLate = refuseState(incident.state, ['LISTING', 'READY', 'PROPOSED']);
  if (tooLate !== null) return tooLate;

  // From here on the command must succeed.
  await work.manager.update(Incident, incidentId, {
    state: 'WITHDRAWN',
    withdrawnBy: work.caller.subject,
    finishedAt: work.at,
    nextAttemptAt: null,
  });
  return { kind: 'IncidentWithdrawn', incidentId };
}

/** Looks and takes in one statement; what is not limited has nothing to take from. */
async function takeStock({ manager }: Work, rewardId: string, pieces: number): Promise<boolean> {
  const taken = await execute(
    manager,
    'UPDATE rewards_reward SET stock = stock - ? WHERE id = ? AND (stock IS NULL OR stock >= ?)',
    [pieces, rewardId, pieces],
  );
  return taken === 1;
}

/** As it stays until the transaction ends; null: there is none, or the caller may not act for its merchant. */
async function lockIncident(
  { manager, dialect, caller }: Work,
  id: string,
): Promise<IncidentRow | null> {
  await manager.query(`SELECT id FROM rewards_incident WHERE id = ? ${dialect.forUpdate}`, [id]);
  const found = await manager.findOneBy(Incident, { id });
  return found?.id === id && actsForMerchant(caller, found.merchantId) ? found : null;
}

export const notReady = (code: string): NotReady => refused('IncidentNotReady', code);

/** Why nothing can be decided in this state, or null when it is one of those in which it can. */
export function refuseState(
  state: IncidentState,
  wanted: readonly IncidentState[],
): NotReady | null {
  if (wanted.includes(state)) return null;
  if (state === 'LISTING') return notReady('INCIDENT_LISTING');
  if (state === 'WITHDRAWN') return notReady('INCIDENT_WITHDRAWN');
  return notReady(state === 'READY' ? 'NO_REMEDY_PROPOSED' : 'REMEDY_APPLIED_ALREADY');
}
