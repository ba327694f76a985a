import type { Work } from '../../../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { Merchant } from '../../entities/merchant.ts';
import type { ProgrammeRow } from '../../entities/programme.ts';
import type { DraftAccrualRuleInput } from '../../schema.generated.ts';
import { requireDeed } from '../../standing/queries/staff.ts';
import { checkRuleSells } from '../../till/queries/sells.ts';
import type { RuleTerms } from '../domain/terms.ts';
import { defectOfTerms } from '../domain/terms-defect.ts';
import { Rule, type RuleRow } from '../entities/rule.ts';
import { lockProgramme } from './lock.ts';
import { termsOf } from './terms-of.ts';

export type AccrualRuleDrafted = Readonly<{ kind: 'AccrualRuleDrafted'; ruleId: string }>;

/** What fits into a column of any engine, with room for what an event adds. */
const TERMS_BYTES_MAX = 60_000;
const RULES_MAX = 100;

/** Drafts a new rule, or the next version of one. */
export async function draftAccrualRule(
  work: Work,
  { programmeId, key, terms: input }: DraftAccrualRuleInput,
): Promise<AccrualRuleDrafted | NotFound | InvalidInput> {
  const { manager, caller } = work;
  const programme = await lockProgramme(work, programmeId);
  if (programme === null || !actsForMerchant(caller, programme.merchantId)) {
    return notFound('PROGRAMME_NOT_FOUND');
  }
  await requireDeed(work, programme.merchantId, 'RULES');
  const title = { zh: programme.nameZh, en: programme.nameEn };
  const isBasic = key === programmeId;
  const terms = termsOf(input, { field: 'terms', title, isBasic });
  if ('kind' in terms) return terms;
  const unusable = checkDraft(terms, { field: 'terms', isBasic, at: work.at });
  if (unusable !== null) return unusable;
  const unknown = await checkRuleSells(manager, programme.merchantId, terms, 'terms');
  if (unknown !== null) return unknown;
  const id = work.newId();
  const version = key == null ? 1 : await nextVersion(manager, programme, key);
  if (version === null) return notFound('RULE_KEY_NOT_FOUND');
  if (!(await isSponsorThere(manager, terms))) return notFound('SPONSOR_NOT_FOUND');
  if ((await countOpen(work, programmeId)) >= RULES_MAX) {
    return invalidInput('TOO_MANY_RULES', 'programmeId', { max: RULES_MAX });
  }

  // From here on the command must succeed.
  await manager.insert(Rule, newRule(work, programme, { id, key: key ?? id, version, terms }));
  return { kind: 'AccrualRuleDrafted', ruleId: id };
}

/** What is wrong with terms by themselves, or null. */
export function checkDraft(
  terms: RuleTerms,
  { field, isBasic, at }: Readonly<{ field: string; isBasic: boolean; at: Date }>,
): InvalidInput | null {
  if (isBasic && (terms.award.kind !== 'RATE' || terms.trigger !== 'PURCHASE')) {
    return invalidInput('BASIC_NOT_RATE', `${field}.award`);
  }
  const bytes = new TextEncoder().encode(JSON.stringify(terms)).length;
  return (
    defectOfTerms(terms, field, at) ??
    (bytes > TERMS_BYTES_MAX ? invalidInput('TERMS_TOO_LARGE', field) : null)
  );
}

type Drafted = Readonly<{ id: string; key: string; version: number; terms: RuleTerms }>;

/** A draft of a rule, not written yet. */
export const newRule = (
  { at, caller }: Work,
  programme: Pick<ProgrammeRow, 'id' | 'merchantId'>,
  { id, key, version, terms }: Drafted,
): RuleRow => ({
  id,
  ruleKey: key,
  version,
  programmeId: programme.id,
  merchantId: programme.merchantId,
  state: 'DRAFT',
  terms,
  draftedBy: caller.subject,
  draftedAt: at,
  reviewedBy: null,
  reviewedAt: null,
  publishedBy: null,
  publishedAt: null,
  commentUntil: null,
  effectiveAt: null,
  endsAt: null,
  endedBy: null,
  withdrawnBy: null,
  withdrawnAt: null,
  withdrawReason: null,
});

/** Null: the programme has no rule of this key. */
async function nextVersion(
  manager: Work['manager'],
  { id: programmeId }: ProgrammeRow,
  key: string,
): Promise<number | null> {
  const [last] = await manager.query<{ version: unknown }[]>(
    'SELECT MAX(version) AS version FROM merchants_rule WHERE programme_id = ? AND rule_key = ?',
    [programmeId, key],
  );
  return last?.version == null ? null : toSafeInteger(last.version) + 1;
}

export const isSponsorThere = async (
  manager: Work['manager'],
  { sponsorId }: RuleTerms,
): Promise<boolean> =>
  sponsorId === null || (await manager.findOneBy(Merchant, { id: sponsorId }))?.id === sponsorId;

/** How many versions of a programme are neither withdrawn nor over. */
async function countOpen({ manager, at }: Work, programmeId: string): Promise<number> {
  const [row] = await manager.query<{ n: unknown }[]>(
    `SELECT COUNT(*) AS n FROM merchants_rule
     WHERE programme_id = ? AND state <> 'WITHDRAWN' AND (ends_ms IS NULL OR ends_ms > ?)`,
    [programmeId, at.getTime()],
  );
  return toSafeInteger(row?.n);
}
