import { type Command, rememberedOutcome } from '../../../shared/commands/run-command.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { PeerFailure } from '../../../shared/graphql/peers.ts';
import { type InvalidInput, invalidInput } from '../../../shared/graphql/refusals.ts';
import type { Context } from '../context.ts';

const QUERY = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Merchant { id } } }`;

/** Whether merchants has a merchant of this id, active or not. Throws SUBGRAPH_UNAVAILABLE when it does not answer. */
export async function isMerchant(
  { peers, requestId, deadline }: Pick<Context, 'peers' | 'requestId' | 'deadline'>,
  id: string,
): Promise<boolean> {
  type Answer = { _entities: (object | null)[] };
  const representations = [{ __typename: 'Merchant', id }];
  const call = { requestId, deadline };
  try {
    const { _entities } = await peers.ask<Answer>('merchants', QUERY, { representations }, call);
    return _entities[0] != null;
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', 'MERCHANTS_UNREACHABLE');
    throw error;
  }
}

/**
 * Runs a command about the merchant that a field of its input names, once merchants says that there is one. A
 * key that was answered before gets its answer, whatever merchants says today. Refuses with MERCHANT_UNKNOWN,
 * which is not remembered: the merchant may come. Throws SUBGRAPH_UNAVAILABLE when merchants does not answer.
 */
export async function runForMerchant<
  Field extends string,
  Input extends Readonly<Record<Field, string>> & { idempotencyKey: string },
  Outcome,
>(
  context: Context,
  command: Command<Input, Outcome>,
  input: Input,
  field: Field,
): Promise<Outcome | InvalidInput> {
  const earlier = await rememberedOutcome(context, command, input);
  if (earlier !== null) return earlier.outcome;
  if (!(await isMerchant(context, input[field]))) return invalidInput('MERCHANT_UNKNOWN', field);
  return context.run(command, input);
}
