import { assert } from '../../shared/assert.ts';
import { canonicalJson, sha256 } from '../../shared/identifiers.ts';
import { readCommand } from '../../subgraphs/points-ledger/commands/read-command.ts';
import type { Request } from '../../subgraphs/points-ledger/domain/answer.ts';
import type { PointsCommandInput } from '../../subgraphs/points-ledger/schema.generated.ts';

/** A command of a client as the queue of the ledger takes it. */
export function requestOf(input: PointsCommandInput): Request {
  const command = readCommand(input);
  assert(command !== null, 'a test asks for what is well formed');
  const requestHash = sha256(canonicalJson(command));
  return { scope: 'service:test', key: input.key, requestHash, command };
}
