import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { checkKey, type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';
import { checkUnit } from '../../commands/check-unit.ts';
import type { SetPointsProgrammeInput } from '../../schema.generated.ts';

export type PointsProgrammeSet = Readonly<{
  kind: 'PointsProgrammeSet';
  issuerId: string;
  unit: string;
}>;

const DAYS_MAX = 3660;
const TRANSFEREES_MAX = 100;

/**
 * What an issuer allows with its points of a unit, from now on (S37, TV12). Whoever is registered already stays
 * so.
 */
export async function setPointsProgramme(
  { manager, dialect }: Work,
  input: SetPointsProgrammeInput,
): Promise<PointsProgrammeSet | InvalidInput> {
  const { issuerId, unit, transfer, effectiveAfterDays, transfereesMax } = input;
  const unusable =
    checkKey('issuerId', issuerId, 64) ??
    checkUnit('unit', unit) ??
    checkRange('effectiveAfterDays', effectiveAfterDays, DAYS_MAX) ??
    checkRange('transfereesMax', transfereesMax, TRANSFEREES_MAX);
  if (unusable !== null) return unusable;

  // From here on the command must succeed.
  const changed = ['transfer', 'effective_after_days', 'transferees_max'];
  await execute(
    manager,
    `INSERT INTO points_programme (unit, issuer_id, ${changed.join(', ')}, version)
     VALUES (?, ?, ?, ?, ?, 1)
     ${dialect.onDuplicateUpdate(['unit', 'issuer_id'], changed)}, version = points_programme.version + 1`,
    [unit, issuerId, transfer, effectiveAfterDays, transfereesMax],
  );
  return { kind: 'PointsProgrammeSet', issuerId, unit };
}

const checkRange = (field: string, value: number, max: number): InvalidInput | null =>
  value >= 0 && value <= max ? null : invalidInput('OUT_OF_BOUNDS', field, { max });
