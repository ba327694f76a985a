import { type Fraction, fraction } from '../../../../shared/quantities.ts';

/** What so many grams of CO2e are as much as, from a cited source. Never in another basis than the total. */
export type Equivalent = Readonly<{
  code: string;
  gramsPerUnit: Fraction;
  unit: string;
  source: string;
}>;

/** Trees are not here: none of the sources says what a tree takes up that an auditor could follow. */
export const equivalents: readonly Equivalent[] = [
  {
    code: 'CAR_KM',
    gramsPerUnit: fraction(1645, 10),
    unit: 'km',
    source:
      'UK DESNZ/DEFRA conversion factors 2024: average petrol car, 0.1645 kg CO2e per vehicle-km',
  },
  {
    code: 'ELECTRICITY_KWH',
    gramsPerUnit: fraction(5777, 10),
    unit: 'kWh',
    source: 'MEE, NBS and NEA, carbon footprint of electricity 2024: 0.5777 kg CO2e per kWh',
  },
];

/** How many whole units; rounded towards nothing, and none for a total below nothing. */
export function unitsOf({ gramsPerUnit }: Equivalent, grams: number): number {
  if (grams <= 0) return 0;
  const { numerator, denominator } = gramsPerUnit;
  return Number((BigInt(grams) * BigInt(denominator)) / BigInt(numerator));
}
