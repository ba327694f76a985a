import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { hasRole } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import {
  checkKey,
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import { areBlocking, findingsOfTexts } from '../../compliance/domain/findings-of.ts';
import { type NotLawful, notLawful } from '../../compliance/domain/not-lawful.ts';
import { Merchant } from '../../entities/merchant.ts';
import type { NameCodesInput } from '../../schema.generated.ts';
import { requireDeed } from '../../standing/queries/staff.ts';
import { ALLIANCE } from '../domain/names.ts';

export type CodesNamed = Readonly<{ kind: 'CodesNamed'; merchantId: string }>;

const NAMES_MAX = 200;
const CODE_MAX = 64;
const NAME_MAX = 100;

/** Says what codes are called. Members read the names, so the guard reads them as well. */
export async function nameCodes(
  work: Work,
  { merchantId = null, kind, names }: NameCodesInput,
): Promise<CodesNamed | NotLawful | NotFound | InvalidInput> {
  const { manager, dialect, at, caller } = work;
  if (merchantId !== null) await requireDeed(work, merchantId, 'RULES');
  else if (!hasRole(caller, 'OPERATOR')) throw fault('FORBIDDEN');
  const unusable = defectOf(names);
  if (unusable !== null) return unusable;
  if (merchantId !== null) {
    const merchant = await manager.findOneBy(Merchant, { id: merchantId });
    // MariaDB finds an id with blanks after it as well: that is not this merchant's.
    if (merchant?.id !== merchantId) return notFound('MERCHANT_NOT_FOUND');
  }
  const texts = names.flatMap(({ name: { zh, en } }, index) => [
    { field: `names.${index}.name.zh`, text: zh },
    { field: `names.${index}.name.en`, text: en },
  ]);
  const findings = findingsOfTexts(texts, { about: 'POINTS' });
  if (areBlocking(findings)) return notLawful(findings);

  // From here on the command must succeed.
  const whose = merchantId ?? ALLIANCE;
  await insertRows(
    manager,
    'merchants_code_name',
    ['merchant_id', 'kind', 'code', 'name_zh', 'name_en', 'named_by', 'named_ms'],
    names.map(({ code, name: { zh, en } }) => [
      ...[whose, kind, code, zh.trim(), en.trim(), caller.subject, at.getTime()],
    ]),
    {
      ending: dialect.onDuplicateUpdate(
        ['merchant_id', 'kind', 'code'],
        ['name_zh', 'name_en', 'named_by', 'named_ms'],
      ),
    },
  );
  return { kind: 'CodesNamed', merchantId: whose };
}

function defectOf(names: NameCodesInput['names']): InvalidInput | null {
  if (names.length < 1 || names.length > NAMES_MAX) {
    return invalidInput('NAMES_OUT_OF_RANGE', 'names', { max: NAMES_MAX });
  }
  for (const [index, { code, name }] of names.entries()) {
    const at = `names.${index}`;
    const unusable =
      checkKey(`${at}.code`, code, CODE_MAX) ??
      checkText(`${at}.name.zh`, name.zh, NAME_MAX) ??
      checkText(`${at}.name.en`, name.en, NAME_MAX);
    if (unusable !== null) return unusable;
    if (names.findIndex((one) => one.code === code) < index) {
      return invalidInput('CODE_REPEATED', `${at}.code`, { code });
    }
  }
  return null;
}
