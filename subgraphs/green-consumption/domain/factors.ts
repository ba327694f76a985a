import { assert } from '../../../shared/assert.ts';
import type { Day } from '../../../shared/calendar.ts';
import type { Locale } from '../../../shared/graphql/wording.ts';
import type { Fraction } from '../../../shared/quantities.ts';

/** Carbon dioxide alone, or all greenhouse gases as carbon dioxide. The two are never added up. */
export type GasBasis = 'CO2' | 'CO2E';

/** How far back causes are followed. `USE_PHASE`: what is burnt and what power takes to make, nothing before. */
export type Boundary = 'TANK_TO_WHEEL' | 'GENERATION' | 'LIFE_CYCLE' | 'USE_PHASE' | 'NOT_STATED';

/** What one unit of a behaviour saves, from a source that anybody can look up. */
export type Factor = Readonly<{
  code: string;
  /** A version is never changed and never removed: old entries name it for ever. */
  version: string;
  /** The first day on which this version is used. The first version is also used for what was before. */
  since: Day;
  name: Readonly<Record<Locale, string>>;
  /** Exactly so many grams for one unit. */
  saving: Fraction;
  unit: string;
  /**
   * How a behaviour counts that a purchase line names: once for the order, once for each piece, or
   * never by itself, because only a certificate can say how much of it a piece stands for.
   */
  counted: 'ORDER' | 'PIECE' | 'CERTIFIED';
  basis: GasBasis;
  boundary: Boundary;
  /** Where the data come from. */
  region: string;
  /** A province by its code of GB/T 2260: used there in the place of the one for everywhere. Null: everywhere. */
  province: string | null;
  /** Null: the source names none. */
  dataYear: number | null;
  publishedOn: Day | null;
  source: string;
  licence: string;
  method: string;
  /** A official China · B official or peer-reviewed elsewhere, or a city · C press, company, derived. */
  confidence: string;
  /** The version that it takes the place of. */
  supersedes: string | null;
  /** The published figures that it is computed from, such as `GRID_CN/2023`. */
  inputs: readonly string[];
  /** False: too weak to be claimed. It is in the table with what is known of it, and saves nothing. */
  isEnabled: boolean;
}>;

/**
 * The version of each factor that is used for what happens on a day, in the order of the table: in a province its own
 * one, else the one for everywhere. The region is a code of GB/T 2260 of any level, or null.
 */
export function factorsOn(
  day: Day,
  all: readonly Factor[],
  region: string | null = null,
): Factor[] {
  const province = region === null ? null : provinceOf(region);
  const usable = all.filter(
    (factor) =>
      factor.isEnabled &&
      factor.since <= day &&
      (factor.province === null || factor.province === province),
  );
  const used = new Map<string, Factor>();
  // Those for everywhere first: what a province has of its own takes their place.
  for (const factor of usable.toSorted(
    (a, b) => Number(a.province !== null) - Number(b.province !== null) || a.since - b.since,
  )) {
    used.set(factor.code, factor);
  }
  return [...used.values()];
}

/** The province of a division: the first two digits decide. */
export const provinceOf = (region: string): string | null =>
  /^\d{6}$/.test(region) ? `${region.slice(0, 2)}0000` : null;

/** The version that one takes the place of: the last before it that was used in the same place. Null: there was none. */
export const supersededBy = (
  { code, province, since }: Pick<Factor, 'code' | 'province' | 'since'>,
  all: readonly Factor[],
): string | null =>
  all
    .filter(
      (one) => one.isEnabled && one.code === code && one.province === province && one.since < since,
    )
    .toSorted((a, b) => a.since - b.since)
    .at(-1)?.version ?? null;

/** The factor of a behaviour on a day. Null: no number is known, so nothing is claimed. */
export const factorOn = (
  code: string,
  day: Day,
  all: readonly Factor[],
  region: string | null = null,
): Factor | null =>
  factorsOn(
    day,
    all.filter((factor) => factor.code === code),
    region,
  )[0] ?? null;

/** The versions that are in force on a day: of each behaviour the one for everywhere, and those of provinces. */
export function inForce(day: Day, all: readonly Factor[]): Factor[] {
  const newest = new Map<string, Factor>();
  for (const factor of all.toSorted((a, b) => a.since - b.since)) {
    if (factor.since <= day) newest.set(JSON.stringify([factor.code, factor.province]), factor);
  }
  return [...newest.values()];
}

/** The very version that an entry was computed with. */
export function factorVersion(code: string, version: string, all: readonly Factor[]): Factor {
  const found = all.find((factor) => factor.code === code && factor.version === version);
  assert(found !== undefined, `the factor version ${code} ${version} stays in the table`);
  return found;
}

/** Whether something may be claimed by this code, now or at some time. */
export const isBehaviour = (code: string, all: readonly Factor[]): boolean =>
  all.some((one) => one.code === code && one.isEnabled);
