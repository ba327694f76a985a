import type { Factor, GasBasis } from './factors.ts';

/** A thousand tonnes by one line is a mistake in what was given; more is not claimed. */
const GRAMS_MAX = 1_000_000_000n;

/** Some pieces of a behaviour: so many thousandths of the factor's unit each. */
export type Activity = Readonly<{ activityMilli: number; pieces: number }>;

/** Grams that one line saves by one behaviour, with all they were computed from. */
export type Saving = Readonly<
  Activity & {
    factor: Factor;
    grams: number;
    /** The certificate that says how much a piece stands for. Null: the line claims the behaviour. */
    certificateId: string | null;
  }
>;

/**
 * The only place where grams are rounded: always down, once, over the whole line (conservativeness, as
 * the published principles of T/ACEF 106-2023 and 107-2023 name it; known from secondary sources).
 */
export function savedGrams({ saving }: Factor, { activityMilli, pieces }: Activity): number {
  const milligrams = BigInt(activityMilli) * BigInt(pieces) * BigInt(saving.numerator);
  const grams = milligrams / (1000n * BigInt(saving.denominator));
  return Number(grams < GRAMS_MAX ? grams : GRAMS_MAX);
}

export const savingOf = (
  factor: Factor,
  activity: Activity,
  certificateId: string | null,
): Saving => ({ factor, ...activity, certificateId, grams: savedGrams(factor, activity) });

/** The basis of every figure that the graph shows. Savings of another basis are kept apart. */
export const SHOWN_BASIS: GasBasis = 'CO2E';
