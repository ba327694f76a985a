import { rememberedOutcome } from '../../../shared/commands/run-command.ts';
import type { Context } from '../context.ts';
import { isMerchant, merchantsOfRewards } from '../queries/are-there.ts';
import type { ExtendGreenCertificateInput } from '../schema.generated.ts';
import { extendGreenCertificateOf } from './commands/extend-green-certificate.ts';
import {
  NOTHING_ASKED,
  type RegisterGreenCertificate,
  refuseCertificate,
  registerGreenCertificateOf,
} from './commands/register-green-certificate.ts';
import { refuseScope } from './domain/scope.ts';

/**
 * Asks the certification platform about the certificate, merchants about the merchant and the catalogue about the rewards,
 * before the transaction begins, then registers. A repeated key is answered without asking.
 */
export async function askAndRegister(context: Context, input: RegisterGreenCertificate) {
  const earlier = await rememberedOutcome(
    context,
    registerGreenCertificateOf(NOTHING_ASKED),
    input,
  );
  if (earlier !== null) return earlier.outcome;
  // What is wrong by itself is said without asking anybody.
  if (refuseCertificate(input) !== null) {
    return context.run(registerGreenCertificateOf(NOTHING_ASKED), input);
  }
  const [record, isThere, owners] = await Promise.all([
    context.services.platform?.lookUp(input.number),
    isMerchant(context, input.merchantId),
    merchantsOfRewards(context, input.rewardIds),
  ]);
  return context.run(registerGreenCertificateOf({ record, isMerchant: isThere, owners }), input);
}

/** Asks the catalogue about the rewards, then extends. A repeated key is answered without asking. */
export async function askAndExtend(context: Context, input: ExtendGreenCertificateInput) {
  const earlier = await rememberedOutcome(context, extendGreenCertificateOf([]), input);
  if (earlier !== null) return earlier.outcome;
  if (refuseScope(input) !== null) return context.run(extendGreenCertificateOf([]), input);
  const owners = await merchantsOfRewards(context, input.rewardIds);
  return context.run(extendGreenCertificateOf(owners), input);
}
