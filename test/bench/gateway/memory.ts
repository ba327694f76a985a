import type { SubgraphName } from '../../../shared/addresses.ts';
import type { ResolverMap } from '../../../shared/graphql/build-subgraph.ts';
import type { AnySubgraphDefinition } from '../../../shared/graphql/subgraph.ts';
import { catalog } from '../../../subgraphs/catalog.ts';
import { FIRST } from './listing.ts';

type Reference = Readonly<{ id: string }>;

const idOf = (kind: number, index: number): string =>
  `019ab000-000${kind}-7000-8000-${index.toString(16).padStart(12, '0')}`;

const MERCHANTS = ['Alpha', 'Beta', 'Gamma'];
const REWARDS = 4;

const merchantOf = (index: number): Reference => ({ id: idOf(1, index) });
const rewardIdOf = (index: number): string => idOf(2, index % REWARDS);

const merchants = byId(
  MERCHANTS.map((name, index) => ({ id: idOf(1, index), name, industry: 'RETAIL' })),
);
const rewards = byId(
  Array.from({ length: REWARDS }, (_, index) => ({
    id: rewardIdOf(index),
    title: `Charging, ${index + 1}0 kWh`,
    merchant: merchantOf(2),
  })),
);
const members = byId(
  Array.from({ length: FIRST }, (_, index) => ({
    id: idOf(3, index),
    displayName: `Member ${index}`,
    tier: { name: 'Standard' },
  })),
);
const redemptions = byId(
  Array.from({ length: FIRST }, (_, index) => ({
    id: idOf(4, index),
    status: 'COMPLETED',
    quantity: 1,
    completedAt: '2026-11-22T02:00:00.000Z',
    reward: rewards.get(rewardIdOf(index)),
    member: { id: idOf(3, index) },
    voucher: { code: `ABCD-EFGH-${1000 + index}`, validUntil: '2027-02-20' },
  })),
);

/** Points of the first two merchants pay at the third. */
const burns = [
  { points: 60, issuer: merchantOf(0), expiresOn: '2027-05-22' },
  { points: 40, issuer: merchantOf(1), expiresOn: '2027-11-22' },
];
const claims = [
  { ...claimOf(0, 60), amount: { amountMinor: 48, currency: 'CNY' } },
  { ...claimOf(1, 40), amount: { amountMinor: 36, currency: 'CNY' } },
];

function claimOf(debtor: number, points: number) {
  return { debtor: merchantOf(debtor), creditor: merchantOf(2), points };
}

function byId<Row extends Reference>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

const resolversByName: Readonly<Record<SubgraphName, ResolverMap>> = {
  members: {
    Member: { __resolveReference: ({ id }: Reference) => members.get(id) },
  },
  merchants: {
    Merchant: { __resolveReference: ({ id }: Reference) => merchants.get(id) },
  },
  'points-ledger': {
    Member: { wallet: () => ({ available: 20 }) },
    Redemption: { burns: () => burns, claims: () => claims },
  },
  'rewards-catalog': {
    Query: {
      redemptions: (_: unknown, { first }: { first: number }) => ({
        nodes: [...redemptions.values()].slice(0, first),
      }),
    },
    Reward: { __resolveReference: ({ id }: Reference) => rewards.get(id) },
    Redemption: { __resolveReference: ({ id }: Reference) => redemptions.get(id) },
  },
  'green-consumption': {
    Reward: { green: () => ({ label: 'LOW_CARBON' }) },
    Redemption: { carbonGrams: ({ quantity }: { quantity: number }) => quantity * 6_720 },
  },
};

/** Our subgraphs with their contracts, and resolvers that answer from memory and touch nothing else. */
export const memoryCatalog: readonly AnySubgraphDefinition[] = catalog.map(
  ({ services, workers, ...definition }) => ({
    ...definition,
    resolvers: resolversByName[definition.name],
    loaders: () => null,
  }),
);
