import { proposeFactors } from '../migrations/1767225600010-propose-factors.ts';
import { FactorProposal } from './entities/factor-proposal.ts';

export const factorEntities = [FactorProposal];
export const factorMigrations = [proposeFactors];
