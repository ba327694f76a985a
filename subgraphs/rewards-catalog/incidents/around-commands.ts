import { rememberedOutcome } from '../../../shared/commands/run-command.ts';
import { actsForMerchant, seesMerchant } from '../../../shared/graphql/caller.ts';
import { notFound } from '../../../shared/graphql/refusals.ts';
import type { Context } from '../context.ts';
import type { ApplyRemedyInput, ProposeRemedyInput, RemedyInput } from '../schema.generated.ts';
import { applyRemedyOf, proposeRemedyOf, refuseState } from './commands/decide-remedy.ts';
import { readRemedy, type StatedRemedy } from './domain/remedy.ts';
import type { IncidentRow } from './entities/incident.ts';
import { assessRemedy } from './queries/assess-remedy.ts';
import { type IssuerFacts, issuerFacts } from './queries/issuer-facts.ts';

/*
 * A bonus is measured by what merchants and the ledger say of the merchant: they are asked before, outside of any
 * transaction. A repeated key is answered without asking.
 */

/** What a remedy would do and cost now. Changes nothing. */
export async function previewRemedy(context: Context, incidentId: string, stated: RemedyInput) {
  const incident = await context.loaders.incidentById.load(incidentId);
  if (incident === null || !seesMerchant(context.caller, incident.merchantId)) {
    return notFound('INCIDENT_NOT_FOUND');
  }
  const notYet = refuseState(incident.state, ['READY', 'PROPOSED']);
  if (notYet !== null) return notYet;
  const remedy = readRemedy(stated, incident);
  if ('code' in remedy) return remedy;
  const facts = await factsFor(context, incident, remedy);
  return assessRemedy(context.database.reader, incident, remedy, facts);
}

/** Asks what a bonus is measured by, then proposes. */
export async function askAndPropose(context: Context, input: ProposeRemedyInput) {
  const earlier = await rememberedOutcome(context, proposeRemedyOf(null), input);
  if (earlier !== null) return earlier.outcome;
  const incident = await context.loaders.incidentById.load(input.incidentId);
  return context.run(proposeRemedyOf(await factsFor(context, incident, input.remedy)), input);
}

/** Asks what a bonus is measured by, then approves. */
export async function askAndApply(context: Context, input: ApplyRemedyInput) {
  const earlier = await rememberedOutcome(context, applyRemedyOf(null), input);
  if (earlier !== null) return earlier.outcome;
  const incident = await context.loaders.incidentById.load(input.incidentId);
  const facts = await factsFor(context, incident, incident?.remedy ?? null);
  return context.run(applyRemedyOf(facts), input);
}

/** Null: nobody need be asked, for it is no bonus or is going to be refused. */
async function factsFor(
  context: Context,
  incident: IncidentRow | null,
  remedy: StatedRemedy | null,
): Promise<IssuerFacts | null> {
  if (incident === null || remedy?.kind !== 'BONUS') return null;
  if (!actsForMerchant(context.caller, incident.merchantId)) return null;
  return issuerFacts(context, incident.merchantId, remedy.unit ?? 'ALLIANCE');
}
