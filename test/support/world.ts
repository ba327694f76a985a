import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGateway, type Gateway } from '../../gateway/gateway.ts';
import type { SubgraphName } from '../../shared/addresses.ts';
import { assert } from '../../shared/assert.ts';
import type { Caller } from '../../shared/graphql/caller.ts';
import type { AnySubgraphDefinition } from '../../shared/graphql/subgraph.ts';
import type { Locale } from '../../shared/graphql/wording.ts';
import { newId } from '../../shared/identifiers.ts';
import { createLogger } from '../../shared/logger.ts';
import { settle } from '../../shared/workers.ts';
import { catalog } from '../../subgraphs/catalog.ts';
import { type Embedded, openEmbedded } from '../../subgraphs/embedded.ts';
import type { Engine } from './engines.ts';
import { detailsOfKind, takenOff } from './offers.ts';
import {
  anonymous,
  freshKey,
  freshPhone,
  issuerDocuments,
  operator,
  TestClock,
  tradeFacts,
} from './people.ts';
import { makeTables } from './templates.ts';

export * from './people.ts';

/** The committed one; `gateway/composition.test.ts` holds that it is fresh. */
const supergraphSdl = readFileSync(
  join(import.meta.dirname, '../../gateway/supergraph.graphql'),
  'utf8',
);

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;

export type Answer = Readonly<{
  data: Data;
  errors: readonly Readonly<{ message: string; path?: unknown; extensions: Data }>[] | undefined;
}>;

export type WorldOptions = Readonly<{
  at?: string;
  definitions?: readonly AnySubgraphDefinition[];
  /** Opens what another world left, instead of empty databases. It is then not removed. */
  databaseUrl?: string;
}>;

/** The whole alliance on one engine: five subgraphs and the gateway, in process, workers at rest. */
export async function openAlliance(engine: Engine, options: WorldOptions = {}): Promise<World> {
  const isOwn = options.databaseUrl === undefined;
  const databaseUrl = options.databaseUrl ?? engine.freshUrl();
  if (isOwn) await makeTables(engine, databaseUrl, options.definitions ?? catalog);
  const clock = new TestClock(options.at ?? '2026-11-22T02:00:00Z');
  const statements: { name: SubgraphName; sql: string }[] = [];
  const fetches: { name: string; query: string }[] = [];
  const logger = createLogger(process.env.TEST_LOG_LEVEL ?? 'silent');
  const embedded = await openEmbedded({
    databaseUrl,
    clock,
    newId,
    keys: { cursor: 'c'.repeat(32), personal: 'p'.repeat(32) },
    logger,
    isDevelopment: true,
    ...(options.definitions && { definitions: options.definitions }),
    onStatement: (name, sql) => statements.push({ name, sql }),
  });
  const remove = async () => (isOwn ? engine.remove(databaseUrl) : undefined);
  gateway ??= openGateway();
  const parts = { databaseUrl, clock, statements, fetches, embedded, remove };
  return new World({ ...parts, gateway: await gateway });
}

/** The world that is asked at the moment. */
const asked = new AsyncLocalStorage<World>();

let gateway: Promise<Gateway> | undefined;

/**
 * One gateway for all worlds of a file: making one costs as much as a small test, and plans that are
 * known need not be made again. It reaches the subgraphs of the world that is asked.
 */
function openGateway(): Promise<Gateway> {
  const world = (): World => {
    const current = asked.getStore();
    assert(current, 'the gateway is asked through a world');
    return current;
  };
  return createGateway({
    supergraphSdl,
    transport: (name, request) => world().embedded.transport(name, request),
    identify: async () => anonymous,
    logger: createLogger(process.env.TEST_LOG_LEVEL ?? 'silent'),
    clock: { now: () => world().clock.now() },
    newId,
    onFetch: (name, query) => world().fetches.push({ name, query }),
  });
}

type Parts = Readonly<{
  databaseUrl: string;
  clock: TestClock;
  statements: { name: SubgraphName; sql: string }[];
  fetches: { name: string; query: string }[];
  embedded: Embedded;
  gateway: Gateway;
  remove: () => Promise<void>;
}>;

/** What a test does to an alliance, and looks at. Everything has a default: set what it is about. */
export class World {
  readonly databaseUrl: string;
  readonly clock: TestClock;
  /** Every SQL statement so far. Empty it, do something, count. */
  readonly statements: { name: SubgraphName; sql: string }[];
  /** Every fetch of the gateway from a subgraph so far. */
  readonly fetches: { name: string; query: string }[];
  readonly embedded: Embedded;
  readonly #gateway: Gateway;
  readonly #remove: () => Promise<void>;

  constructor(parts: Parts) {
    this.databaseUrl = parts.databaseUrl;
    this.clock = parts.clock;
    this.statements = parts.statements;
    this.fetches = parts.fetches;
    this.embedded = parts.embedded;
    this.#gateway = parts.gateway;
    this.#remove = parts.remove;
  }

  /** Asks the gateway, as an operator unless said otherwise. */
  async ask(
    query: string,
    variables: Record<string, unknown> = {},
    { as = operator, locale = 'en' }: { as?: Caller; locale?: Locale } = {},
  ): Promise<Answer> {
    const question = { query, variables, caller: as, locale };
    return (await asked.run(this, () => this.#gateway.ask(question))) as unknown as Answer;
  }

  /** Asks, and fails the test when there is any error. */
  async data(
    query: string,
    variables: Record<string, unknown> = {},
    options: { as?: Caller; locale?: Locale } = {},
  ): Promise<Data> {
    const { data, errors } = await this.ask(query, variables, options);
    if (errors !== undefined) throw new Error(`Unexpected: ${JSON.stringify(errors, null, 2)}`);
    return data;
  }

  /** A new member's id. */
  async member(displayName = 'Ann'): Promise<string> {
    const phone = freshPhone();
    const { registerMember } = await this.data(
      `mutation ($input: RegisterMemberInput!) { registerMember(input: $input) {
        ... on MemberRegistered { member { id } } ... on Refusal { code message } } }`,
      { input: { idempotencyKey: freshKey(), displayName, phone, policyVersion: '2026-01' } },
    );
    return registerMember.member.id;
  }

  /** A new merchant's id. It states what its trade asks for and may issue, one alliance point for each yuan, good for 12 months. */
  async merchant({
    name = 'Shop',
    industry = 'RETAIL',
    price = 80,
    currency = 'CNY',
    pricePoints = 100,
    programmes = [{}],
    documents = issuerDocuments(),
    contract,
    facts = tradeFacts[industry] ?? {},
  }: {
    name?: string;
    industry?: string;
    price?: number;
    /** Of its contract. */
    currency?: string;
    pricePoints?: number;
    programmes?: Record<string, unknown>[];
    documents?: Record<string, unknown>[];
    contract?: Record<string, unknown>;
    facts?: Readonly<Record<string, string>>;
  } = {}): Promise<string> {
    const programme = {
      name: { zh: `${name}积分`, en: `${name} points` },
      unit: 'ALLIANCE',
      earnPoints: 1,
      earnPer: { amountMinor: 100, currency: 'CNY' },
      expiryMonths: 12,
    };
    const { onboardMerchant } = await this.data(
      `mutation ($input: OnboardMerchantInput!) { onboardMerchant(input: $input) {
        ... on MerchantOnboarded { merchant { id } } ... on Refusal { code message } } }`,
      {
        input: {
          idempotencyKey: freshKey(),
          name: { zh: `${name}店`, en: name },
          industry,
          price: { amountMinor: price, currency },
          pricePoints,
          programmes: programmes.map((given) => ({ ...programme, ...given })),
          documents,
          ...(contract && { contract }),
        },
      },
    );
    await this.#stateFacts(onboardMerchant.merchant.id, facts);
    return onboardMerchant.merchant.id;
  }

  async #stateFacts(merchantId: string, facts: Readonly<Record<string, string>>): Promise<void> {
    if (Object.keys(facts).length === 0) return;
    const stated = Object.entries(facts).map(([name, value]) => ({ name, value }));
    await this.data(
      `mutation ($input: StateIndustryFactsInput!) { stateIndustryFacts(input: $input) {
        __typename } }`,
      { input: { idempotencyKey: freshKey(), merchantId, facts: stated } },
    );
  }

  /** A purchase's id. The default is one line of 100.00 yuan. */
  async purchase(input: {
    merchantId: string;
    memberId: string;
    amountMinor?: number;
    lines?: Record<string, unknown>[];
    orderNumber?: string;
    purchasedAt?: string;
  }): Promise<string> {
    const {
      amountMinor = 10_000,
      lines = [{ sku: 'A', quantity: 1, amountMinor }],
      ...rest
    } = input;
    const { recordPurchase } = await this.data(
      `mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) {
        __typename ... on PurchaseRecorded { purchase { id } } ... on Refusal { code message } } }`,
      { input: { idempotencyKey: freshKey(), orderNumber: freshKey(), ...rest, lines } },
    );
    if (recordPurchase.purchase === undefined) throw new Error(JSON.stringify(recordPurchase));
    return recordPurchase.purchase.id;
  }

  /** A reward's id. The default is a voucher for 100 alliance points, without limit. */
  async reward(input: { merchantId: string } & Record<string, unknown>): Promise<string> {
    const details = input.details ?? detailsOfKind[String(input.kind)] ?? null;
    const { publishReward } = await this.data(
      `mutation ($input: PublishRewardInput!) { publishReward(input: $input) {
        __typename ... on RewardPublished { reward { id } } ... on Refusal { code message } } }`,
      {
        input: {
          idempotencyKey: freshKey(),
          title: { zh: '代金券', en: 'Voucher' },
          kind: 'VOUCHER',
          points: 100,
          cashPrice: { amountMinor: Math.max(100, takenOff(details)), currency: 'CNY' },
          details,
          ...input,
        },
      },
    );
    if (publishReward.reward === undefined) throw new Error(JSON.stringify(publishReward));
    return publishReward.reward.id;
  }

  /** What `redeem` answers: `__typename`, the redemption's id, and the fields of a refusal. */
  async redeem(
    input: { memberId: string; rewardId: string; quantity?: number; idempotencyKey?: string },
    options: { as?: Caller; locale?: Locale } = {},
  ): Promise<Data> {
    const { redeem } = await this.data(
      `mutation ($input: RedeemInput!) { redeem(input: $input) {
        __typename
        ... on RewardRedeemed { redemption { id status } }
        ... on RedemptionPending { redemption { id status } }
        ... on InsufficientPoints { available missing }
        ... on Refusal { code message } } }`,
      { input: { idempotencyKey: freshKey(), ...input } },
      options,
    );
    return redeem;
  }

  /** The member's alliance points: `available`, `held`, `debt`. */
  async wallet(memberId: string): Promise<{ available: number; held: number; debt: number }> {
    const { member } = await this.data(
      'query ($id: ID!) { member(id: $id) { wallet { available held debt } } }',
      { id: memberId },
    );
    return member.wallet;
  }

  /** Lets all work in the background finish. */
  settle = (): Promise<void> => settle(this.embedded.workers);

  async [Symbol.asyncDispose](): Promise<void> {
    await this.embedded.close();
    await this.#remove();
  }
}
