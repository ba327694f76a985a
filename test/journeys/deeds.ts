import type { SubgraphName } from '../../shared/addresses.ts';

/** A mutation of the load, and where its effect is to be found. */
export type Kind = Readonly<{
  subgraph: SubgraphName;
  /** The type of the answer that says that it took effect. */
  success: string;
  /** The answer's field with what was made or changed: it has an id. */
  made: string;
  /** Has one row, with this id, for each effect; null when rows are changed and none is made. */
  table: string | null;
  /** The command and the outcome that the subgraph remembers, where they have other names. */
  command?: string;
  effect?: string;
}>;

const all = {
  registerMember: {
    subgraph: 'members',
    success: 'MemberRegistered',
    made: 'member',
    table: 'members_member',
  },
  onboardMerchant: {
    subgraph: 'merchants',
    success: 'MerchantOnboarded',
    made: 'merchant',
    table: 'merchants_merchant',
  },
  recordPurchase: {
    subgraph: 'merchants',
    success: 'PurchaseRecorded',
    made: 'purchase',
    table: 'merchants_purchase',
  },
  returnPurchase: {
    subgraph: 'merchants',
    success: 'PurchaseReturned',
    made: 'purchase',
    table: null,
  },
  publishReward: {
    subgraph: 'rewards-catalog',
    success: 'RewardPublished',
    made: 'reward',
    table: 'rewards_reward',
  },
  adjustStock: {
    subgraph: 'rewards-catalog',
    success: 'StockAdjusted',
    made: 'reward',
    table: null,
  },
  redeem: {
    subgraph: 'rewards-catalog',
    success: 'RewardRedeemed',
    made: 'redemption',
    table: 'rewards_redemption',
    command: 'recordRedemption',
    effect: 'RedemptionRecorded',
  },
  registerGreenCertificate: {
    subgraph: 'green-consumption',
    success: 'GreenCertificateRegistered',
    made: 'certificate',
    table: 'green_certificate',
  },
} satisfies Record<string, Kind>;

export type KindName = keyof typeof all;

export const kinds: Readonly<Record<KindName, Kind>> = all;

/** The kinds by name. */
export const kindNames = Object.keys(kinds) as KindName[];

/** What asks for such a deed, with its input as the variable `input`. */
export function documentOf(name: KindName): string {
  const { success, made } = kinds[name];
  const pending = name === 'redeem' ? '... on RedemptionPending { redemption { id } }' : '';
  const input = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${input}!) { ${name}(input: $input) {
    __typename ... on ${success} { ${made} { id } } ${pending} ... on Refusal { code message } } }`;
}

/** What one key asks for, however often it is sent. */
export type Deed = {
  readonly key: string;
  readonly kind: KindName;
  // biome-ignore lint/suspicious/noExplicitAny: each kind knows the shape of its own input.
  readonly input: any;
  /** How often it was sent. */
  attempts: number;
  /** Every id that any answer gave, those of `RedemptionPending` included. */
  readonly ids: Set<string>;
  /** The type of the answer that settled it, or null while there is none. */
  acknowledged: string | null;
  /** Its client lost patience and never asks again. */
  isGivenUp: boolean;
};
