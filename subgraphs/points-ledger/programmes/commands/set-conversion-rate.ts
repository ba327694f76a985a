import { addDays, dayOf, parseIsoDay } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { isCurrency } from '../../../../shared/currency.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  checkKey,
  type InvalidInput,
  invalidInput,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { checkUnit } from '../../commands/check-unit.ts';
import { type Rate, rateText } from '../../domain/conversion.ts';
import { isPrice, PRICE_MAX, priceClassOf } from '../../domain/price.ts';
import { rateOf } from '../../ledger/read-rates.ts';
import type { SetConversionRateInput } from '../../schema.generated.ts';
import { allowsGain } from '../domain/gain.ts';

export type ConversionRateSet = Readonly<{
  kind: 'ConversionRateSet';
  rate: Rate;
}>;

/** Larger parts of a ratio are a slip of the hand. */
const PART_MAX = 1_000_000_000;
const ID_MAX = 64;
/** So far ahead, in days. A later one would stand in the way of all that are set after it. */
const AHEAD_MAX = 366;

/**
 * Sets the rate at which an issuer converts its points of one unit into another, from a day on. An earlier
 * one stays as it is. Refused when it would let points be gained by converting there and back, over any ways
 * and at any rates of the issuer that there ever were: RATE_ALLOWS_GAIN.
 */
export async function setConversionRate(
  work: Work,
  input: SetConversionRateInput,
): Promise<ConversionRateSet | Refused<'RateAllowsGain'> | InvalidInput> {
  const asked = readRate(work, input);
  if ('kind' in asked) return asked;
  const { manager } = work;
  await lockIssuer(work, asked.issuerId);
  const rows = await manager.query<Record<string, string>[]>(
    'SELECT * FROM points_rate WHERE issuer_id = ? ORDER BY version',
    [asked.issuerId],
  );
  const known = rows.map(rateOf);
  const last = known.findLast((rate) => rateText(rate) === rateText(asked));
  if (last !== undefined && asked.effectiveOn < last.effectiveOn) {
    return invalidInput('RATE_BEFORE_LAST', 'effectiveOn');
  }
  if (allowsGain(known, asked)) return refused('RateAllowsGain', 'RATE_ALLOWS_GAIN');

  // From here on the command must succeed.
  const rate = { ...asked, version: (last?.version ?? 0) + 1 };
  await insertRows(
    manager,
    'points_rate',
    // biome-ignore format: the columns in the order of the values below.
    ['issuer_id', 'unit', 'to_unit', 'version', 'numerator', 'denominator', 'price_class',
      'effective_on', 'recorded_ms'],
    [
      [
        rate.issuerId,
        rate.unit,
        rate.toUnit,
        rate.version,
        rate.numerator,
        rate.denominator,
        rate.priceClass,
        rate.effectiveOn,
        work.at.getTime(),
      ],
    ],
  );
  return { kind: 'ConversionRateSet', rate };
}

function readRate(
  { at }: Work,
  { issuerId, unit, toUnit, numerator, denominator, effectiveOn, ...price }: SetConversionRateInput,
): Omit<Rate, 'version'> | InvalidInput {
  const wrong =
    checkKey('issuerId', issuerId, ID_MAX) ??
    checkUnit('unit', unit) ??
    checkUnit('toUnit', toUnit) ??
    checkPart('numerator', numerator, 1) ??
    checkPart('denominator', denominator, 1) ??
    checkPart('priceMinor', price.priceMinor, 1) ??
    checkPart('pricePoints', price.pricePoints, 1);
  if (wrong !== null) return wrong;
  if (unit === toUnit) return invalidInput('SAME_UNIT', 'toUnit');
  const currency = price.priceCurrency ?? 'CNY';
  if (!isCurrency(currency)) return invalidInput('CURRENCY_NOT_USABLE', 'priceCurrency');
  const today = dayOf(at);
  const from = effectiveOn ? parseIsoDay(effectiveOn) : today;
  if (from < today) return invalidInput('RATE_IN_THE_PAST', 'effectiveOn');
  if (from > addDays(today, AHEAD_MAX)) {
    return invalidInput('RATE_TOO_FAR', 'effectiveOn', { max: AHEAD_MAX });
  }
  if (!isPrice(price.priceMinor, price.pricePoints)) {
    return invalidInput('PRICE_TOO_HIGH', 'priceMinor', { max: PRICE_MAX });
  }
  return {
    issuerId,
    unit,
    toUnit,
    numerator,
    denominator,
    priceClass: priceClassOf(price.priceMinor, price.pricePoints, currency),
    effectiveOn: from,
  };
}

const checkPart = (field: string, value: number, min: number): InvalidInput | null =>
  value >= min && value <= PART_MAX
    ? null
    : invalidInput('PART_OUT_OF_RANGE', field, { min, max: PART_MAX });

/** Two rates of one issuer are compared with each other, so they are set one after the other. */
async function lockIssuer({ manager, dialect }: Work, issuerId: string): Promise<void> {
  const table = 'points_rate_issuer';
  const columns = ['issuer_id', 'rates'];
  const ending = dialect.onDuplicateKeep(['issuer_id']);
  await insertRows(manager, table, columns, [[issuerId, 0]], { ending });
  await execute(manager, `UPDATE ${table} SET rates = rates + 1 WHERE issuer_id = ?`, [issuerId]);
}
