import type { Identify } from '../../gateway/caller.ts';
import { anonymous, type Caller } from '../../shared/graphql/caller.ts';
import type { NewId } from '../../shared/identifiers.ts';
import { asMember, asMerchant, issuerDocuments, operator } from '../support/people.ts';

/** Ids that come in the same order wherever they are made: `series` keeps those of different makers apart. */
export function countedIds(series: number): NewId {
  let count = 0;
  return () => {
    count += 1;
    const place = String(series).padStart(4, '0');
    return `019ab000-${place}-7000-8000-${count.toString(16).padStart(12, '0')}`;
  };
}

/** Believes the header as it is: what is compared here is what the subgraphs make of it. */
export const identifyAsSaid: Identify = async (authorization) =>
  authorization === undefined ? anonymous : JSON.parse(authorization);

const REDEMPTION = `id status
  reward { title merchant { name industry } green { label } }
  member { displayName tier { name } wallet { available } }
  burns { points issuer { name } expiresOn }
  claims { debtor { name } creditor { name } points amount { amountMinor currency } }
  voucher { code validUntil }
  carbonGrams`;

const REDEEM = `mutation ($input: RedeemInput!) { redeem(input: $input) { __typename
  ... on RewardRedeemed { redemption { ${REDEMPTION} } }
  ... on RedemptionPending { redemption { id status } }
  ... on InsufficientPoints { available missing }
  ... on Refusal { code message } } }`;

export const LISTING = `{ redemptions(first: 10) { nodes { ${REDEMPTION} } } }`;

const create = (name: string, input: string, selection: string): string =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { __typename ${selection}
    ... on Refusal { code message } } }`;

// biome-ignore lint/suspicious/noExplicitAny: the journey knows the shape of its own documents.
type Input = any;

/** Somebody who asks over HTTP, and keeps every byte of every answer. */
export class Traveller {
  readonly answers: string[] = [];
  /** Of the gateway. */
  readonly url: string;
  #keys = 0;

  constructor(url: string) {
    this.url = url;
  }

  async ask(
    query: string,
    variables: object = {},
    { as = operator, locale = 'en' }: { as?: Caller; locale?: string } = {},
  ): Promise<Input> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': locale,
        authorization: JSON.stringify(as),
      },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    this.answers.push(`${response.status} ${text}`);
    return JSON.parse(text);
  }

  /** The same keys on every journey. */
  key(): string {
    this.#keys += 1;
    return `journey-key-${this.#keys}`;
  }

  async make(field: string, input: string, selection: string, values: object): Promise<Input> {
    const { data } = await this.ask(create(field, input, selection), {
      input: { idempotencyKey: this.key(), ...values },
    });
    if (!data?.[field]) throw new Error(this.answers.at(-1));
    return data[field];
  }
}

/**
 * The answers with each voucher code as its number: it is a secret made by chance, and the only thing
 * that may differ between two journeys.
 */
export function comparable(answers: readonly string[]): string[] {
  const codes: string[] = [];
  return answers.map((answer) =>
    answer.replaceAll(/(?<="voucher":{"code":")[^"]+/g, (code) => {
      if (!codes.includes(code)) codes.push(code);
      return `voucher ${codes.indexOf(code)}`;
    }),
  );
}

export type Places = Readonly<{ ann: string; charging: string; merchants: readonly string[] }>;

/** Three merchants; Ann has 70 points of the first and 80 of the second; the third accepts. */
export async function settleIn(traveller: Traveller): Promise<Places> {
  const merchants: string[] = [];
  for (const [name, price] of [
    ['Alpha', 80],
    ['Beta', 90],
    ['Gamma', 80],
  ] as const) {
    const { merchant } = await traveller.make(
      'onboardMerchant',
      'OnboardMerchantInput',
      '... on MerchantOnboarded { merchant { id name industry } }',
      {
        name: { zh: `${name}店`, en: name },
        industry: 'RETAIL',
        price: { amountMinor: price, currency: 'CNY' },
        pricePoints: 100,
        documents: issuerDocuments(),
        programmes: [
          {
            name: { zh: '积分', en: 'Points' },
            unit: 'ALLIANCE',
            earnPoints: 1,
            earnPer: { amountMinor: 100, currency: 'CNY' },
            expiryMonths: name === 'Alpha' ? 6 : 12,
          },
        ],
      },
    );
    merchants.push(merchant.id);
  }
  const { member } = await traveller.make(
    'registerMember',
    'RegisterMemberInput',
    '... on MemberRegistered { member { id displayName } }',
    { displayName: 'Ann', phone: '+8613800000001', policyVersion: '2026-01' },
  );
  for (const [index, amountMinor] of [7_000, 8_000].entries()) {
    await traveller.make(
      'recordPurchase',
      'RecordPurchaseInput',
      '... on PurchaseRecorded { purchase { id } }',
      {
        merchantId: merchants[index],
        memberId: member.id,
        orderNumber: `order-${index}`,
        lines: [{ sku: 'A', quantity: 1, amountMinor }],
      },
    );
  }
  const { reward } = await traveller.make(
    'publishReward',
    'PublishRewardInput',
    '... on RewardPublished { reward { id title } }',
    {
      merchantId: merchants[2],
      title: { zh: '充电 20 度', en: 'Charging, 20 kWh' },
      kind: 'EV_CHARGING',
      details: { charging: { stations: ['One'], wattHours: 20_000 } },
      points: 100,
      stock: 10,
      cashPrice: { amountMinor: 100, currency: 'CNY' },
    },
  );
  await traveller.make('registerGreenCertificate', 'RegisterGreenCertificateInput', '', {
    number: 'LC-1',
    label: 'LOW_CARBON',
    body: 'Body',
    merchantId: merchants[2],
    validFrom: '2026-01-01',
    validUntil: '2027-12-31',
    rewardIds: [reward.id],
    behaviour: 'EV_KWH',
    activityMilli: 20_000,
  });
  return { ann: member.id, charging: reward.id, merchants };
}

/** Asks for a redemption, as an operator on Ann's behalf. Answers the outcome, or the errors. */
export async function tryToRedeem(traveller: Traveller, input: object): Promise<Input> {
  const { data, errors } = await traveller.ask(REDEEM, { input });
  return data?.redeem ?? errors;
}

/** A purchase that gives Ann as many points as it has yuan. */
export async function buyMore(
  traveller: Traveller,
  { ann, merchants }: Places,
  yuan: number,
): Promise<void> {
  await traveller.make(
    'recordPurchase',
    'RecordPurchaseInput',
    '... on PurchaseRecorded { purchase { id } }',
    {
      merchantId: merchants[0],
      memberId: ann,
      orderNumber: `more-${yuan}`,
      lines: [{ sku: 'A', quantity: 1, amountMinor: yuan * 100 }],
    },
  );
}

/** One redemption, as an operator on Ann's behalf. */
export async function redeemOnce(traveller: Traveller, { ann, charging }: Places): Promise<object> {
  const input = { idempotencyKey: traveller.key(), memberId: ann, rewardId: charging };
  const { __typename } = await tryToRedeem(traveller, input);
  if (__typename !== 'RewardRedeemed') throw new Error(traveller.answers.at(-1));
  return input;
}

/** The redemption and all around it: the same key, refusals, mistakes, and what each role sees. */
export async function redeemAndLook(traveller: Traveller, places: Places): Promise<void> {
  const { ann, merchants } = places;
  const input = await redeemOnce(traveller, places);
  await traveller.ask(REDEEM, { input });
  await traveller.ask(REDEEM, { input: { ...input, quantity: 2 } });
  const again = { ...input, idempotencyKey: traveller.key() };
  await traveller.ask(REDEEM, { input: again }, { as: asMember(ann), locale: 'zh-CN' });
  await traveller.ask(REDEEM, { input: again }, { as: asMember(`${ann.slice(0, -1)}f`) });
  await traveller.ask(REDEEM, { input: { ...again, quantity: 'many' } });
  await traveller.ask('{ redemptions(first: 0) { totalCount } nonsense }');
  for (const as of [operator, asMember(ann), asMerchant(String(merchants[2]))]) {
    await traveller.ask(LISTING, {}, { as });
    await traveller.ask(LISTING, {}, { as, locale: 'zh-CN' });
  }
  await traveller.ask(
    '{ conservation { issued balance } clearingPositions { net { amountMinor } } }',
  );
  await traveller.ask('{ redemptions(first: 101) { totalCount } }', {}, { as: anonymous });
}
