import type { Figure } from './figure.ts';
import { nationalElectricity } from './figures/electricity.ts';
import { goods } from './figures/goods.ts';
import { provincialElectricity, regionalElectricity } from './figures/provinces.ts';
import { quantities } from './figures/quantities.ts';
import { travel } from './figures/travel.ts';

/** All published numbers that savings rest on, those that newer ones superseded included. */
export const figures: readonly Figure[] = [
  ...nationalElectricity,
  ...provincialElectricity,
  ...regionalElectricity,
  ...travel,
  ...goods,
  ...quantities,
];
