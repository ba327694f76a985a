/** The names of the subgraphs: the folders under `subgraphs/`, and the names in the supergraph. */
export const subgraphNames = [
  'members',
  'merchants',
  'points-ledger',
  'rewards-catalog',
  'green-consumption',
] as const;

export type SubgraphName = (typeof subgraphNames)[number];
