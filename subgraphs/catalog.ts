import type { AnySubgraphDefinition } from '../shared/graphql/subgraph.ts';
import { greenConsumption } from './green-consumption/subgraph.ts';
import { members } from './members/subgraph.ts';
import { merchants } from './merchants/subgraph.ts';
import { pointsLedger } from './points-ledger/subgraph.ts';
import { rewardsCatalog } from './rewards-catalog/subgraph.ts';

/** The subgraphs of the alliance. */
export const catalog: readonly AnySubgraphDefinition[] = [
  members,
  merchants,
  pointsLedger,
  rewardsCatalog,
  greenConsumption,
];
