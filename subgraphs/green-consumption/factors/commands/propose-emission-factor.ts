import { type Day, dayOf, parseIsoDay } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { isDuplicateKey } from '../../../../shared/database/errors.ts';
import {
  areBlocking,
  type NotLawful,
  notLawful,
  type WordedFinding,
  withoutTitles,
} from '../../../../shared/graphql/law.ts';
import {
  checkKey,
  checkText,
  type InvalidInput,
  invalidInput,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { isProvince } from '../../acts/domain/act-input.ts';
import { type Factor, supersededBy } from '../../domain/factors.ts';
import type { ProposeEmissionFactorInput } from '../../schema.generated.ts';
import { nameOf } from '../domain/figure.ts';
import { figures } from '../domain/figures.ts';
import { type BasesMixed, refuseMixed } from '../domain/mixing.ts';
import { FactorProposal, type FactorProposalRow } from '../entities/factor-proposal.ts';
import { readFactors } from '../queries/read-factors.ts';

export type EmissionFactorProposed = Readonly<{
  kind: 'EmissionFactorProposed';
  proposalId: string;
}>;

type Outcome =
  | EmissionFactorProposed
  | Refused<'FactorVersionTaken'>
  | BasesMixed
  | NotLawful
  | InvalidInput;

/** Ten tonnes for one unit: more is a slip of the unit. */
const GRAMS_MAX = 10_000_000;
const PER_UNITS_MAX = 1_000_000;
const INPUTS_MAX = 20;

/**
 * Proposes another version of a factor, or the first one of a new behaviour. Nothing counts by it before another
 * person has confirmed it, and nothing that lies before its first day ever does. `findings`: what the guard said of its
 * words just before (S52).
 */
export const proposeEmissionFactorOf = (findings: readonly WordedFinding[]) =>
  // The frame scopes keys by the name of the function.
  async function proposeEmissionFactor(
    work: Work,
    input: ProposeEmissionFactorInput,
  ): Promise<Outcome> {
    const { manager, at, caller, newId } = work;
    const all = await readFactors(manager);
    const earlier = all.filter(({ code }) => code === input.code);
    const unusable =
      refuseFactor(input, dayOf(at)) ?? refuseFit(input, earlier) ?? refuseInputs(input);
    if (unusable !== null) return unusable;
    const since = parseIsoDay(input.since);
    if (since <= dayOf(at)) return invalidInput('FACTOR_NOT_AHEAD', 'since');
    const isTaken = earlier.some(({ version }) => version === input.version);
    if (isTaken) return refused('FactorVersionTaken', 'FACTOR_VERSION_TAKEN', named(input));
    if (areBlocking(findings)) return notLawful(findings);

    // From here on the command must succeed, unless somebody proposes the same meanwhile.
    const row = rowOf(input, earlier, { id: newId(), proposedBy: caller.subject, proposedAt: at });
    try {
      await manager.insert(FactorProposal, row);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return refused('FactorVersionTaken', 'FACTOR_VERSION_TAKEN', named(input));
    }
    return { kind: 'EmissionFactorProposed', proposalId: row.id };
  };

/** What of a factor stands in reports. */
export const wordsOf = ({ nameZh, nameEn, source }: ProposeEmissionFactorInput) => ({
  source: withoutTitles(source),
  ...(nameZh == null ? {} : { nameZh }),
  ...(nameEn == null ? {} : { nameEn }),
});

/** What is wrong with it by itself. */
export const refuseFactor = (input: ProposeEmissionFactorInput, today: Day): InvalidInput | null =>
  refuseTexts(input) ?? refuseNumbers(input) ?? refuseDates(input, today);

const named = ({ code, version }: ProposeEmissionFactorInput) => ({ name: `${code}/${version}` });

const refuseTexts = (input: ProposeEmissionFactorInput): InvalidInput | null =>
  checkCode(input.code) ??
  checkKey('version', input.version, 64) ??
  (!/[\p{L}\p{N}]/u.test(input.source) ? invalidInput('SOURCE_MISSING', 'source') : null) ??
  checkText('source', input.source, 1000) ??
  checkText('licence', input.licence, 200) ??
  checkText('method', input.method, 1000) ??
  checkKey('unit', input.unit, 64) ??
  checkKey('region', input.region, 64) ??
  checkRegion(input.region) ??
  (input.nameEn == null ? null : checkText('nameEn', input.nameEn, 200)) ??
  (input.nameZh == null ? null : checkText('nameZh', input.nameZh, 200)) ??
  (/^(?:[ABC][+−]?)$/.test(input.confidence)
    ? null
    : invalidInput('CONFIDENCE_UNKNOWN', 'confidence'));

const checkCode = (code: string): InvalidInput | null =>
  /^[A-Z][A-Z0-9_]{0,63}$/.test(code) ? null : invalidInput('FACTOR_CODE_NOT_USABLE', 'code');

/** Where the data come from: `CN`, a division of China by its code, another country, or `Global`, and more of it after a comma. */
const checkRegion = (region: string): InvalidInput | null =>
  /^(?:Global|[A-Z]{2}|[1-9]\d{5})(?:, .+)?$/.test(region)
    ? null
    : invalidInput('FACTOR_REGION_NOT_USABLE', 'region');

/** What is published has been, and its data are from before. */
function refuseDates(
  { publishedOn = null, dataYear = null }: ProposeEmissionFactorInput,
  today: Day,
): InvalidInput | null {
  if (publishedOn !== null && parseIsoDay(publishedOn) > today) {
    return invalidInput('FACTOR_PUBLISHED_LATER', 'publishedOn');
  }
  const isYear = dataYear === null || (dataYear >= 1900 && dataYear <= Math.floor(today / 10_000));
  return isYear ? null : invalidInput('DATA_YEAR_NOT_USABLE', 'dataYear');
}

function refuseNumbers(input: ProposeEmissionFactorInput): InvalidInput | null {
  const { grams, perUnits, province = null } = input;
  if (grams < 1 || grams > GRAMS_MAX * Math.max(1, perUnits)) {
    return invalidInput('FACTOR_GRAMS_NOT_USABLE', 'grams', { max: GRAMS_MAX });
  }
  if (perUnits < 1 || perUnits > PER_UNITS_MAX) {
    return invalidInput('FACTOR_UNITS_NOT_USABLE', 'perUnits', { max: PER_UNITS_MAX });
  }
  return province === null || isProvince(province)
    ? null
    : invalidInput('PROVINCE_NOT_USABLE', 'province');
}

/** A new version measures what the earlier ones measure; the first one says all that they would say. */
function refuseFit(
  { code, unit, basis, counted, nameEn, nameZh }: ProposeEmissionFactorInput,
  earlier: readonly Factor[],
): InvalidInput | null {
  const [first] = earlier;
  if (first === undefined) {
    if (nameEn == null) return invalidInput('FACTOR_NEEDS_NAME', 'nameEn');
    if (nameZh == null) return invalidInput('FACTOR_NEEDS_NAME', 'nameZh');
    return counted == null ? invalidInput('FACTOR_NEEDS_COUNTED', 'counted') : null;
  }
  if (unit !== first.unit) {
    return invalidInput('FACTOR_UNIT_DIFFERS', 'unit', { code, unit: first.unit });
  }
  // Else what it saves would leave all totals, or come into them.
  if (basis !== first.basis) {
    return invalidInput('FACTOR_BASIS_DIFFERS', 'basis', { code, basis: first.basis });
  }
  return counted == null || counted === first.counted
    ? null
    : invalidInput('FACTOR_COUNTED_DIFFERS', 'counted', { code });
}

function refuseInputs({
  inputs,
  basis,
}: ProposeEmissionFactorInput): InvalidInput | BasesMixed | null {
  if (inputs.length > INPUTS_MAX) {
    return invalidInput('SCOPE_TOO_LARGE', 'inputs', { max: INPUTS_MAX });
  }
  const known = new Map(figures.map((figure) => [nameOf(figure), figure]));
  const unknown = inputs.findIndex((name) => !known.has(name));
  if (unknown >= 0) return invalidInput('FIGURE_UNKNOWN', `inputs.${unknown}`);
  return refuseMixed([{ basis }, ...inputs.flatMap((name) => known.get(name) ?? [])]);
}

function rowOf(
  input: ProposeEmissionFactorInput,
  earlier: readonly Factor[],
  proposed: Pick<FactorProposalRow, 'id' | 'proposedBy' | 'proposedAt'>,
): FactorProposalRow {
  const { code, version, grams, perUnits, province = null } = input;
  const since = parseIsoDay(input.since);
  const model = earlier[0];
  return {
    ...proposed,
    code,
    version,
    since,
    versionKey: `${code}/${version}`,
    dayKey: `${code}/${province ?? ''}/${since}`,
    nameEn: input.nameEn?.trim() ?? model?.name.en ?? code,
    nameZh: input.nameZh?.trim() ?? model?.name['zh-CN'] ?? code,
    numerator: grams,
    denominator: perUnits,
    unit: input.unit,
    counted: input.counted ?? model?.counted ?? 'CERTIFIED',
    basis: input.basis,
    boundary: input.boundary,
    region: input.region,
    province,
    dataYear: input.dataYear ?? null,
    publishedOn: input.publishedOn == null ? null : parseIsoDay(input.publishedOn),
    source: input.source.trim(),
    licence: input.licence.trim(),
    method: input.method.trim(),
    confidence: input.confidence,
    supersedes: supersededBy({ code, province, since }, earlier),
    inputs: input.inputs,
    isEnabled: true,
    state: 'OPEN',
    decidedBy: null,
    decidedAt: null,
  };
}
