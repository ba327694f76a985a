import { dayOf } from '../../../shared/calendar.ts';
import { rememberedOutcome } from '../../../shared/commands/run-command.ts';
import { findingsOfTexts } from '../../../shared/graphql/law.ts';
import type { Context } from '../context.ts';
import type { ProposeEmissionFactorInput } from '../schema.generated.ts';
import {
  proposeEmissionFactorOf,
  refuseFactor,
  wordsOf,
} from './commands/propose-emission-factor.ts';

/** Asks the compliance guard about its words, then proposes. A repeated key is answered without asking. */
export async function askAndPropose(context: Context, input: ProposeEmissionFactorInput) {
  const earlier = await rememberedOutcome(context, proposeEmissionFactorOf([]), input);
  if (earlier !== null) return earlier.outcome;
  // What is wrong by itself is said without asking anybody.
  if (refuseFactor(input, dayOf(context.clock.now())) !== null) {
    return context.run(proposeEmissionFactorOf([]), input);
  }
  const findings = await findingsOfTexts(context, wordsOf(input));
  return context.run(proposeEmissionFactorOf(findings), input);
}
