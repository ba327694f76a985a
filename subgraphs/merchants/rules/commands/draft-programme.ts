import type { Work } from '../../../../shared/commands/run-command.ts';
import { isCurrency } from '../../../../shared/currency.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import { Merchant } from '../../entities/merchant.ts';
import { Programme } from '../../entities/programme.ts';
import type { DraftProgrammeInput } from '../../schema.generated.ts';
import { requireDeed } from '../../standing/queries/staff.ts';
import { checkRuleSells } from '../../till/queries/sells.ts';
import { Rule } from '../entities/rule.ts';
import { checkDraft, isSponsorThere, newRule } from './draft-rule.ts';
import { termsOf } from './terms-of.ts';

export type ProgrammeDrafted = Readonly<{
  kind: 'ProgrammeDrafted';
  programmeId: string;
  ruleId: string;
}>;

const NAME_MAX = 100;
const PROGRAMMES_MAX = 20;

/** Drafts a programme with its basic rule. Nothing is issued before that rule is in force. */
export async function draftProgramme(
  work: Work,
  { merchantId, name, unit, rule: input }: DraftProgrammeInput,
): Promise<ProgrammeDrafted | NotFound | InvalidInput> {
  const { manager, dialect, at, newId } = work;
  await requireDeed(work, merchantId, 'RULES');
  const title = { zh: name.zh.trim(), en: name.en.trim() };
  const terms = termsOf(input, { field: 'rule', title, isBasic: true });
  if ('kind' in terms) return terms;
  const unusable =
    checkText('name.zh', name.zh, NAME_MAX) ??
    checkText('name.en', name.en, NAME_MAX) ??
    checkUnit(unit) ??
    checkDraft(terms, { field: 'rule', isBasic: true, at });
  if (unusable !== null) return unusable;
  await manager.query(`SELECT id FROM merchants_merchant WHERE id = ? ${dialect.forUpdate}`, [
    merchantId,
  ]);
  const merchant = await manager.findOneBy(Merchant, { id: merchantId });
  if (merchant?.id !== merchantId) return notFound('MERCHANT_NOT_FOUND');
  const unknown = await checkRuleSells(manager, merchantId, terms, 'rule');
  if (unknown !== null) return unknown;
  if (!(await isSponsorThere(manager, terms))) return notFound('SPONSOR_NOT_FOUND');
  if ((await manager.countBy(Programme, { merchantId })) >= PROGRAMMES_MAX) {
    return invalidInput('TOO_MANY_PROGRAMMES', 'merchantId', { max: PROGRAMMES_MAX });
  }
  if (unit !== 'ALLIANCE' && !(await claimUnit(work, merchantId, unit))) {
    return invalidInput('UNIT_TAKEN', 'unit', { unit });
  }

  // From here on the command must succeed.
  const id = newId();
  const ruleId = newId();
  await manager.insert(Programme, { id, merchantId, nameZh: title.zh, nameEn: title.en, unit });
  await manager.insert(
    Rule,
    newRule(work, { id, merchantId }, { id: ruleId, key: id, version: 1, terms }),
  );
  return { kind: 'ProgrammeDrafted', programmeId: id, ruleId };
}

const checkUnit = (unit: string): InvalidInput | null =>
  /^[A-Z][A-Z0-9_]{1,31}$/.test(unit) && !isCurrency(unit)
    ? null
    : invalidInput('UNIT_NOT_USABLE', 'unit');

/** Whether the unit is the merchant's now. Of two that claim one at the same time the second waits. */
async function claimUnit(
  { manager, dialect }: Work,
  merchantId: string,
  unit: string,
): Promise<boolean> {
  await insertRows(manager, 'merchants_unit', ['unit', 'merchant_id'], [[unit, merchantId]], {
    ending: dialect.onDuplicateKeep(['unit']),
  });
  const [row] = await manager.query<{ merchant_id: string }[]>(
    'SELECT merchant_id FROM merchants_unit WHERE unit = ?',
    [unit],
  );
  return row?.merchant_id === merchantId;
}
