import {
  checkIdempotencyKey,
  inputHash,
  scopeOf,
} from '../../../../shared/commands/idempotency.ts';
import { actsForMember } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  checkKey,
  checkPositive,
  type InvalidInput,
  invalidInput,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type { Context } from '../../context.ts';
import type { Convert } from '../../domain/command.ts';
import type { ConvertPointsInput } from '../../schema.generated.ts';

export type PointsConverted = Readonly<{ kind: 'PointsConverted'; entryId: string }>;

export type ConvertPointsOutcome = PointsConverted | Refused<'ConversionRefused'> | InvalidInput;

const UNIT_MAX = 64;

/**
 * Converts points of a member. The ledger remembers what was answered under the key. Throws FORBIDDEN for
 * somebody else's points, IDEMPOTENCY_KEY_REUSED for a key with other input, SUBGRAPH_UNAVAILABLE when nothing
 * was booked and the same key may be tried again.
 */
export async function convertPoints(
  { services, caller, newId }: Pick<Context, 'services' | 'caller' | 'newId'>,
  input: ConvertPointsInput,
): Promise<ConvertPointsOutcome> {
  const { memberId, unit, toUnit, points } = input;
  if (!actsForMember(caller, memberId)) throw fault('FORBIDDEN');
  const key = checkIdempotencyKey(input.idempotencyKey);
  const wrong =
    checkKey('memberId', memberId, UNIT_MAX) ??
    checkKey('unit', unit, UNIT_MAX) ??
    checkKey('toUnit', toUnit, UNIT_MAX) ??
    checkPositive('points', points) ??
    (unit === toUnit ? invalidInput('SAME_UNIT', 'toUnit') : null);
  if (wrong !== null) return wrong;
  const command: Convert = {
    kind: 'CONVERT',
    walletId: memberId,
    unit,
    points,
    toUnit,
    causeKind: 'CONVERSION',
    causeId: newId(),
    ruleVersion: null,
  };
  const scope = scopeOf(caller);
  const request = { scope, key: `convertPoints:${key}`, requestHash: inputHash(input), command };
  const [outcome] = await services.ledger.post([request]);
  if (outcome === undefined || outcome.status === 'FAILED') throw fault('SUBGRAPH_UNAVAILABLE');
  const { code, entryId, available, missing } = outcome;
  if (entryId !== null) return { kind: 'PointsConverted', entryId };
  if (code === 'IDEMPOTENCY_KEY_REUSED') throw fault('IDEMPOTENCY_KEY_REUSED');
  const more = {
    ...(available === null ? {} : { available }),
    ...(missing === null ? {} : { missing }),
  };
  return refused('ConversionRefused', `CONVERSION_${code}`, more);
}
