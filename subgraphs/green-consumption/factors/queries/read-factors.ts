import type { EntityManager } from 'typeorm';
import { type Factor, factors } from '../../domain/factors.ts';

/** All versions of all factors that may be used, those of the past included. */
export const readFactors = async (_reader: EntityManager): Promise<readonly Factor[]> => factors;
