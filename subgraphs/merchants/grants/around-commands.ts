import { rememberedOutcome } from '../../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../../shared/graphql/caller.ts';
import type { Context } from '../context.ts';
import { present } from '../present.ts';
import { memberStanding } from '../queries/member-standing.ts';
import { needsOf } from '../queries/order-facts.ts';
import type { RuleRow } from '../rules/entities/rule.ts';
import type {
  GrantAppreciationInput,
  ProposeAppreciationInput,
  RecordEngagementInput,
} from '../schema.generated.ts';
import { requireDeed } from '../standing/queries/staff.ts';
import { grantAppreciationOf } from './commands/decide-appreciation.ts';
import { type AskedBefore, proposeAppreciationOf } from './commands/propose-appreciation.ts';
import { recordEngagementOf } from './commands/record-engagement.ts';
import { appreciationOf } from './domain/appreciation.ts';
import { askAround } from './queries/ask-around.ts';
import { countEarners } from './queries/earners.ts';
import { grantingRules, pricedIssuerOf } from './queries/granting-rules.ts';

/*
 * What goes around the commands that other subgraphs have a part in: they are asked before, and the ledger is
 * told after.
 */

/** Records an engagement, then has its points posted. Throws FORBIDDEN for another merchant's staff. */
export async function engageAndPost(context: Context, input: RecordEngagementInput) {
  const { caller, database, clock, peers, loaders, services } = context;
  const { merchantId, memberId, kind } = input;
  await requireDeed(
    { manager: database.reader, caller },
    merchantId,
    'RECORD',
    input.storeId ?? null,
  );
  const rules = await grantingRules(database.reader, merchantId, kind, clock.now());
  const withTier = needsOf(rules).tier;
  const member = await memberStanding(peers, memberId, { withTier }, context);
  const outcome = await context.run(recordEngagementOf({ member, rules }), input);
  if (outcome.kind === 'EngagementRecorded') {
    const grants = await loaders.grantsByCause.load(outcome.engagementId);
    const paying = grants.filter(({ points }) => points > 0);
    await services.poster.postOrLeave(
      paying.map(({ id }) => id),
      context,
    );
  }
  return outcome;
}

/** Asks what a proposal is measured by, then proposes. */
export async function askAndPropose(context: Context, input: ProposeAppreciationInput) {
  const earlier = await rememberedOutcome(context, proposeAppreciationOf(null), input);
  if (earlier !== null) return earlier.outcome;
  const rule = await context.loaders.ruleById.load(input.ruleId);
  return context.run(proposeAppreciationOf(await askedOf(context, rule)), input);
}

/** Asks what an approval is measured by, then approves. */
export async function askAndGrant(context: Context, input: GrantAppreciationInput) {
  const earlier = await rememberedOutcome(context, grantAppreciationOf(null), input);
  if (earlier !== null) return earlier.outcome;
  const { loaders } = context;
  const found = await loaders.appreciationById.load(input.appreciationId);
  const rule = found && (await loaders.ruleById.load(found.ruleId));
  const asked = await askedOf(context, rule);
  return context.run(grantAppreciationOf(asked?.facts ?? null), input);
}

/** Null: nobody need be asked, for the command is going to refuse. */
export async function askedOf(context: Context, rule: RuleRow | null): Promise<AskedBefore | null> {
  const terms = rule && appreciationOf(rule.terms);
  if (rule === null || !actsForMerchant(context.caller, rule.merchantId)) return null;
  if (terms === null) return NOTHING;
  const { loaders } = context;
  const { merchantId } = rule;
  const { unit } = present(await loaders.programmeById.load(rule.programmeId));
  const issuer = await pricedIssuerOf(context, rule);
  const [facts, earners] = await Promise.all([
    askAround(context, issuer, unit),
    countEarners(context.database.reader, { merchantId, currency: issuer.currency, ...terms }),
  ]);
  return { facts, earners };
}

/** Of a rule by which nothing can be shared out. */
const NOTHING: AskedBefore = {
  facts: { worth: { minor: 1, points: 1 }, currency: '', coverLeft: null },
  earners: { members: 0, paidMinor: 0 },
};
