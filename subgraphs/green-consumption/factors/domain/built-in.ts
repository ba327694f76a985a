import type { Factor } from '../../domain/factors.ts';
import { everydaySavings } from './savings/everyday.ts';
import { notClaimed } from './savings/not-claimed.ts';
import { powerSavings } from './savings/power.ts';
import { travelSavings } from './savings/travel.ts';

/** Default savings, net and on the low side. Where a source leaves the gases open, CO2e is meant. */
export const builtInFactors: readonly Factor[] = [
  ...travelSavings,
  ...everydaySavings,
  ...powerSavings,
  ...notClaimed,
];
