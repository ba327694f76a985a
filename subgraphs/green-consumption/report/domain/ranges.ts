import { type Fraction, fraction } from '../../../../shared/quantities.ts';

/** Between which numbers sources put what a unit of a behaviour saves, in grams, and where that stands. */
export type Range = Readonly<{ low: Fraction; high: Fraction; source: string }>;

/** By the code of the factor. A behaviour that is not here has one source, and no range is told for it. */
export const ranges: Readonly<Record<string, Range>> = {
  METRO_KM: {
    ...{ low: fraction(103, 1), high: fraction(2105, 10) },
    source: 'UK DESNZ/DEFRA 2024 − 北京市交通委 2019-12; Beijing’s own figure: 4.63 kg for 22 km',
  },
  METRO_TRIP: {
    ...{ low: fraction(5155, 10), high: fraction(5419, 10) },
    source: '气候变化研究进展 2017, 13(3): mean and substitution method',
  },
  BUS_KM: {
    ...{ low: fraction(56, 1), high: fraction(200, 1) },
    source: 'UK DESNZ/DEFRA 2024; 北京交通发展研究院: a car is four times a bus',
  },
  BIKE_KM: {
    ...{ low: fraction(50, 1), high: fraction(220, 1) },
    source: '31% of shared e-bike trips replaced a car (2021); ofo Q1 2017: all of them',
  },
  EV_KWH: {
    ...{ low: fraction(336, 1), high: fraction(518, 1) },
    source: '0.18 and 0.15 kWh per km, both with the footprint of electricity (CO2e)',
  },
  NO_CUTLERY: {
    ...{ low: fraction(38, 1), high: fraction(403, 10) },
    source: 'Meituan, public figures of 2024-08 and 2024-10',
  },
  OWN_CUP: {
    ...{ low: fraction(377, 10), high: fraction(507, 10) },
    source: 'WikiFootprints: paper cups of large chains and of China, less a reused cup',
  },
};
