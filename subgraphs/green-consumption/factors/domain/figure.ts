import type { Day } from '../../../../shared/calendar.ts';
import type { Locale } from '../../../../shared/graphql/wording.ts';
import { type Fraction, fraction } from '../../../../shared/quantities.ts';
import type { Boundary, GasBasis } from '../../domain/factors.ts';

/**
 * A number that somebody published, as it was printed there: what savings are computed from. A figure saves nothing
 * by itself. Like a version of a factor it is never changed: a newer one names what it supersedes.
 */
export type Figure = Readonly<{
  code: string;
  /** The year of the data, or of the edition when the source names none. */
  version: string;
  name: Readonly<Record<Locale, string>>;
  /** A decimal number, as printed. */
  value: string;
  /** Such as `kg/kWh`; masses are of CO2 or of CO2e, see the basis. */
  unit: string;
  /** Null: it is no mass of gases, such as kilowatt-hours for a kilometre. */
  basis: GasBasis | null;
  boundary: Boundary | null;
  /** `CN`, a division of China by its code of GB/T 2260, another country, or `Global`. */
  region: string;
  dataYear: number | null;
  publishedOn: Day | null;
  source: string;
  /** How it was come by where that is not plain. */
  method: string | null;
  confidence: string;
  licence: string;
  /** The version that it takes the place of. */
  supersedes: string | null;
}>;

/** The printed number exactly: `0.5306` is 5306/10000. Throws when it is no decimal number. */
export function exact(value: string): Fraction {
  const [, whole = '', decimals = ''] = /^(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  return fraction(Number(whole + decimals), 10 ** decimals.length);
}

/** How savings name what they are computed from. */
export const nameOf = ({ code, version }: Pick<Figure, 'code' | 'version'>): string =>
  `${code}/${version}`;
