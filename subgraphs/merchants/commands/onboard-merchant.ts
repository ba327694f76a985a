import type { Work } from '../../../shared/commands/run-command.ts';
import { isCurrency } from '../../../shared/currency.ts';
import { execute } from '../../../shared/database/database.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import {
  checkPositive,
  checkText,
  type InvalidInput,
  invalidInput,
} from '../../../shared/graphql/refusals.ts';
import { areBlocking } from '../compliance/domain/findings-of.ts';
import { type NotLawful, notLawful } from '../compliance/domain/not-lawful.ts';
import { Merchant } from '../entities/merchant.ts';
import { Programme } from '../entities/programme.ts';
import { findingsOfFounded, foundedRule, foundedTerms } from '../rules/commands/found-programme.ts';
import { defectOfTerms } from '../rules/domain/terms-defect.ts';
import { Rule } from '../rules/entities/rule.ts';
import type { OnboardMerchantInput, ProgrammeInput } from '../schema.generated.ts';
import { checkStanding, completed, insertStanding } from '../standing/commands/insert-standing.ts';
import { checkChannels, insertChannels } from '../till/commands/declare-channels.ts';

export type MerchantOnboarded = Readonly<{ kind: 'MerchantOnboarded'; merchantId: string }>;

const NAME_MAX = 100;
const PROGRAMMES_MAX = 20;
const EXPIRY_MONTHS_MAX = 1_200;
/** Of either side of a rate or a price: with the bound of an order it keeps every product in range. */
const TERM_MAX = 1_000_000_000;

/** Takes a merchant into the alliance, with its contract and programmes. */
export async function onboardMerchant(
  work: Work,
  asked: OnboardMerchantInput,
): Promise<MerchantOnboarded | NotLawful | InvalidInput> {
  const input = completed(asked);
  if ('kind' in input) return input;
  const unusable =
    checkMerchant(input) ??
    checkStanding(input, work.at) ??
    checkChannels(input.channels) ??
    checkProgrammes(input.programmes, work.at);
  if (unusable !== null) return unusable;
  const { manager, at, newId } = work;
  const merchantId = newId();
  const findings = input.programmes.flatMap((programme, index) =>
    findingsOfFounded(input, [programme, input.programmes.toSpliced(index, 1)], merchantId, at),
  );
  if (areBlocking(findings)) return notLawful(findings);
  const taken = await claimUnits(work, merchantId, input.programmes);
  if (taken !== null) return taken;

  // From here on the command must succeed.
  await manager.insert(Merchant, {
    id: merchantId,
    nameZh: input.name.zh.trim(),
    nameEn: input.name.en.trim(),
    industry: input.industry,
    status: 'ACTIVE',
    statusReason: '',
    priceMinor: input.price.amountMinor,
    pricePoints: input.pricePoints,
    currency: input.price.currency,
    joinedAt: at,
  });
  for (const programme of input.programmes) {
    const programmeId = newId();
    await manager.insert(Programme, {
      id: programmeId,
      merchantId,
      nameZh: programme.name.zh.trim(),
      nameEn: programme.name.en.trim(),
      unit: programme.unit ?? 'ALLIANCE',
    });
    await manager.insert(Rule, foundedRule(programme, { programmeId, merchantId, at }));
  }
  await insertStanding(work, merchantId, input);
  await insertChannels(work, merchantId, input.channels);
  return { kind: 'MerchantOnboarded', merchantId };
}

/**
 * Claims the merchant's own units. Of two merchants that claim one at the same time the second waits for
 * the first. When one is another's already, nothing stays claimed.
 */
async function claimUnits(
  { manager, dialect }: Work,
  merchantId: string,
  programmes: readonly ProgrammeInput[],
): Promise<InvalidInput | null> {
  const own = new Set(programmes.map(({ unit = 'ALLIANCE' }) => unit));
  own.delete('ALLIANCE');
  if (own.size === 0) return null;
  // In one order of the keys, so that two merchants do not lock crosswise.
  const units = [...own].toSorted();
  await insertRows(
    manager,
    'merchants_unit',
    ['unit', 'merchant_id'],
    units.map((unit) => [unit, merchantId]),
    { ending: dialect.onDuplicateKeep(['unit']) },
  );
  const rows = await manager.query<{ unit: string }[]>(
    'SELECT unit FROM merchants_unit WHERE merchant_id = ?',
    [merchantId],
  );
  const claimed = new Set(rows.map(({ unit }) => unit));
  const index = programmes.findIndex(
    ({ unit = 'ALLIANCE' }) => own.has(unit) && !claimed.has(unit),
  );
  const unit = programmes[index]?.unit;
  if (unit === undefined) return null;
  await execute(manager, 'DELETE FROM merchants_unit WHERE merchant_id = ?', [merchantId]);
  return invalidInput('UNIT_TAKEN', `programmes.${index}.unit`, { unit });
}

const checkMerchant = ({ name }: OnboardMerchantInput): InvalidInput | null =>
  checkText('name.zh', name.zh, NAME_MAX) ?? checkText('name.en', name.en, NAME_MAX);

function checkProgrammes(programmes: readonly ProgrammeInput[], at: Date): InvalidInput | null {
  if (programmes.length > PROGRAMMES_MAX) {
    return invalidInput('TOO_MANY_PROGRAMMES', 'programmes', { max: PROGRAMMES_MAX });
  }
  for (const [index, programme] of programmes.entries()) {
    const field = `programmes.${index}`;
    const found =
      checkProgramme(programme, field) ?? defectOfTerms(foundedTerms(programme), field, at);
    if (found !== null) return found;
  }
  return null;
}

function checkProgramme(programme: ProgrammeInput, field: string): InvalidInput | null {
  const { name, earnPoints, earnPer, expiryMonths = null, unit = 'ALLIANCE' } = programme;
  return (
    checkText(`${field}.name.zh`, name.zh, NAME_MAX) ??
    checkText(`${field}.name.en`, name.en, NAME_MAX) ??
    (/^[A-Z][A-Z0-9_]{1,31}$/.test(unit) && !isCurrency(unit)
      ? null
      : invalidInput('UNIT_NOT_USABLE', `${field}.unit`)) ??
    checkTerm(`${field}.earnPoints`, earnPoints) ??
    checkTerm(`${field}.earnPer.amountMinor`, earnPer.amountMinor) ??
    checkCurrency(`${field}.earnPer.currency`, earnPer.currency) ??
    (expiryMonths === null || (expiryMonths >= 1 && expiryMonths <= EXPIRY_MONTHS_MAX)
      ? null
      : invalidInput('EXPIRY_NOT_USABLE', `${field}.expiryMonths`, { max: EXPIRY_MONTHS_MAX }))
  );
}

const checkTerm = (field: string, value: number): InvalidInput | null =>
  checkPositive(field, value) ??
  (value <= TERM_MAX ? null : invalidInput('TERM_TOO_LARGE', field, { max: TERM_MAX }));

const checkCurrency = (field: string, currency: string): InvalidInput | null =>
  /^[A-Z]{3}$/.test(currency) ? null : invalidInput('CURRENCY_NOT_USABLE', field);
