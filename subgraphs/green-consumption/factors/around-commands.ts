import { rememberedOutcome } from '../../../shared/commands/run-command.ts';
import { findingsOfTexts } from '../../../shared/graphql/law.ts';
import type { Context } from '../context.ts';
import type { ProposeEmissionFactorInput } from '../schema.generated.ts';
import { proposeEmissionFactorOf, wordsOf } from './commands/propose-emission-factor.ts';

/** Asks the compliance guard about its words, then proposes. A repeated key is answered without asking. */
export async function askAndPropose(context: Context, input: ProposeEmissionFactorInput) {
  const earlier = await rememberedOutcome(context, proposeEmissionFactorOf([]), input);
  if (earlier !== null) return earlier.outcome;
  const findings = await findingsOfTexts(context, wordsOf(input));
  return context.run(proposeEmissionFactorOf(findings), input);
}
