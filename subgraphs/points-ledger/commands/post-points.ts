import { canonicalJson, sha256 } from '../../../shared/identifiers.ts';
import type { Request } from '../domain/answer.ts';
import { type Failure, type Outcome, refusal } from '../domain/command.ts';
import type { Ledger } from '../ledger/create-ledger.ts';
import type { PointsCommandInput } from '../schema.generated.ts';
import { isUsableKey, readCommand } from './read-command.ts';

export type KeyedOutcome = (Outcome | Failure) & Readonly<{ key: string }>;

/**
 * Posts commands for a caller, each for itself, and answers them in their order once they are
 * committed. A command that is not well formed is refused without being remembered: it never depends
 * on the state of the books. One that breaks is FAILED, and the others get their outcomes.
 */
export async function postPoints(
  ledger: Ledger,
  scope: string,
  inputs: readonly PointsCommandInput[],
): Promise<KeyedOutcome[]> {
  const read = inputs.map((input) => ({ key: input.key, request: readRequest(scope, input) }));
  const outcomes = (
    await ledger.post(read.flatMap(({ request }) => (request === null ? [] : [request])))
  ).values();
  return read.map(({ key, request }) => {
    const { value } = request === null ? { value: undefined } : outcomes.next();
    return { key, ...(value ?? refusal('INVALID_COMMAND')) };
  });
}

function readRequest(scope: string, input: PointsCommandInput): Request | null {
  const command = readCommand(input);
  if (command === null || !isUsableKey(input.key)) return null;
  return { scope, key: input.key, requestHash: sha256(canonicalJson(command)), command };
}
