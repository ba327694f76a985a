import type { Ask } from '../alliance.ts';
import { recordActs } from './acts.ts';
import { demoMerchants } from './alliance.ts';
import { registerCharity } from './charity.ts';
import { demoDocuments, demoFacts } from './documents.ts';
import type { DemoMerchant } from './merchant.ts';
import {
  type DemoMember,
  type DemoPurchase,
  demoCertificates,
  demoMembers,
  demoPurchases,
} from './purchases.ts';
import { openRules } from './rules.ts';

/** The ids of the demo alliance, by the codes of `alliance.ts`. */
export type DemoIds = Readonly<{
  merchants: Readonly<Record<string, string>>;
  /** The first programme of each merchant, by the merchant's code. */
  programmes: Readonly<Record<string, string>>;
  members: Readonly<Record<string, string>>;
  rewards: Readonly<Record<string, string>>;
  /** By order number. */
  purchases: Readonly<Record<string, string>>;
}>;

/**
 * Loads the demo alliance through the graph, as an operator would. Every request has a fixed
 * idempotency key: loading again changes nothing and answers the same ids. `second` is another person of the
 * operator: with her the rules of `rules.ts` are drafted, reviewed and published.
 */
export async function loadDemo(ask: Ask, second: Ask | null = null): Promise<DemoIds> {
  const merchants: Record<string, string> = {};
  const programmes: Record<string, string> = {};
  const members: Record<string, string> = {};
  const rewards: Record<string, string> = {};
  const purchases: Record<string, string> = {};
  for (const merchant of demoMerchants) {
    const { id, programmeId } = await onboard(ask, merchant);
    merchants[merchant.code] = id;
    programmes[merchant.code] = programmeId;
    await stateFacts(ask, id, merchant);
    for (const reward of merchant.rewards) {
      rewards[reward.code] = await publish(ask, id, reward);
    }
  }
  await welcomeInvitees(ask, merchants);
  for (const member of demoMembers) members[member.code] = await register(ask, member);
  for (const certificate of demoCertificates) {
    await certify(ask, certificate, merchants, rewards);
  }
  await confirmAges(ask, merchants, members);
  for (const purchase of demoPurchases) {
    purchases[purchase.orderNumber] = await record(ask, purchase, merchants, members);
  }
  await makeFamily(ask, members);
  const [purchaseId] = Object.values(purchases);
  if (members.lin !== undefined && purchaseId !== undefined) {
    await recordActs(ask, { memberId: members.lin, purchaseId });
  }
  if (second !== null) {
    await openRules(ask, second, merchants);
    await registerCharity(ask, second);
  }
  return { merchants, programmes, members, rewards, purchases };
}

async function onboard(
  ask: Ask,
  merchant: DemoMerchant,
): Promise<{ id: string; programmeId: string }> {
  const { onboardMerchant } = await ask(
    `mutation ($input: OnboardMerchantInput!) { onboardMerchant(input: $input) {
      ... on MerchantOnboarded { merchant { id programmes { id } } } ... on Refusal { code message }
      ... on NotLawful { findings { check field message } } } }`,
    {
      input: {
        idempotencyKey: `demo:merchant:${merchant.code}`,
        name: merchant.name,
        industry: merchant.industry,
        price: { amountMinor: merchant.priceFen, currency: 'CNY' },
        pricePoints: 100,
        documents: demoDocuments(merchant),
        programmes: merchant.programmes.map(({ pointsPerYuan, ...programme }) => ({
          ...programme,
          earnPoints: pointsPerYuan,
          earnPer: { amountMinor: 100, currency: 'CNY' },
        })),
      },
    },
  );
  const [programme] = onboardMerchant.merchant?.programmes ?? [];
  return {
    id: idOf(onboardMerchant, onboardMerchant.merchant),
    programmeId: idOf(onboardMerchant, programme),
  };
}

async function stateFacts(ask: Ask, merchantId: string, merchant: DemoMerchant): Promise<void> {
  const stated = demoFacts(merchant);
  if (stated.length === 0) return;
  const { stateIndustryFacts } = await ask(
    `mutation ($input: StateIndustryFactsInput!) { stateIndustryFacts(input: $input) {
      ... on IndustryFactsStated { merchant { id } } ... on Refusal { code message } } }`,
    {
      input: { idempotencyKey: `demo:facts:${merchant.code}`, merchantId, facts: stated },
    },
  );
  idOf(stateIndustryFacts, stateIndustryFacts.merchant);
}

async function publish(
  ask: Ask,
  merchantId: string,
  reward: DemoMerchant['rewards'][number],
): Promise<string> {
  const { code, cashFen, ...rest } = reward;
  const { publishReward } = await ask(
    `mutation ($input: PublishRewardInput!) { publishReward(input: $input) {
      ... on RewardPublished { reward { id } } ... on Refusal { code message } } }`,
    {
      input: {
        idempotencyKey: `demo:reward:${code}`,
        merchantId,
        ...rest,
        cashPrice: { amountMinor: cashFen, currency: 'CNY' },
      },
    },
  );
  return idOf(publishReward, publishReward.reward);
}

/** Who was invited pays 10 yuan less for her first order of 50 yuan or more at the clothes shop (S46). */
async function welcomeInvitees(ask: Ask, { clothing }: Record<string, string>): Promise<void> {
  const yuan = (amount: number) => ({ amountMinor: amount * 100, currency: 'CNY' });
  const { publishFirstOrderOffer } = await ask(
    `mutation ($input: PublishFirstOrderOfferInput!) { publishFirstOrderOffer(input: $input) {
      ... on FirstOrderOfferChanged { offer { id } } ... on Refusal { code message } } }`,
    {
      input: {
        ...{ idempotencyKey: 'demo:first-order', merchantId: clothing },
        ...{ face: yuan(10), threshold: yuan(50) },
      },
    },
  );
  idOf(publishFirstOrderOffer, publishFirstOrderOffer.offer);
}

async function register(ask: Ask, { code, name, phone }: DemoMember): Promise<string> {
  const { registerMember } = await ask(
    `mutation ($input: RegisterMemberInput!) { registerMember(input: $input) {
      ... on MemberRegistered { member { id } } ... on Refusal { code message } } }`,
    {
      input: {
        idempotencyKey: `demo:member:${code}`,
        displayName: name,
        phone,
        locale: 'zh-CN',
        policyVersion: '2026-01',
      },
    },
  );
  return idOf(registerMember, registerMember.member);
}

async function certify(
  ask: Ask,
  { merchant, rewards, ...certificate }: (typeof demoCertificates)[number],
  merchantIds: Readonly<Record<string, string>>,
  rewardIds: Readonly<Record<string, string>>,
): Promise<void> {
  const { registerGreenCertificate } = await ask(
    `mutation ($input: RegisterGreenCertificateInput!) { registerGreenCertificate(input: $input) {
      ... on GreenCertificateRegistered { certificate { id } } ... on Refusal { code message } } }`,
    {
      input: {
        idempotencyKey: `demo:certificate:${certificate.number}`,
        ...certificate,
        merchantId: merchantIds[merchant],
        rewardIds: rewards.map((code) => rewardIds[code]),
      },
    },
  );
  idOf(registerGreenCertificate, registerGreenCertificate.certificate);
}

/** Merchants whose programmes ask for an age have seen a proof of it: the demo's members are grown up. */
async function confirmAges(
  ask: Ask,
  merchants: Readonly<Record<string, string>>,
  members: Readonly<Record<string, string>>,
): Promise<void> {
  const asking = demoMerchants.filter(({ programmes }) =>
    programmes.some(({ policy }) => policy?.minimumAge !== undefined),
  );
  for (const { code } of asking) {
    const { confirmMemberAge } = await ask(
      `mutation ($input: ConfirmMemberAgeInput!) { confirmMemberAge(input: $input) {
        ... on MemberAgeConfirmed { members } ... on Refusal { code message } } }`,
      {
        input: {
          idempotencyKey: `demo:ages:${code}`,
          merchantId: merchants[code],
          memberIds: Object.values(members),
          years: 18,
        },
      },
    );
    if (confirmMemberAge.members === undefined) {
      throw new Error(`The demo was refused: ${JSON.stringify(confirmMemberAge)}`);
    }
  }
}

async function record(
  ask: Ask,
  { merchant, member, ...purchase }: DemoPurchase,
  merchantIds: Readonly<Record<string, string>>,
  memberIds: Readonly<Record<string, string>>,
): Promise<string> {
  const { recordPurchase } = await ask(
    `mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) {
      ... on PurchaseRecorded { purchase { id } } ... on Refusal { code message } } }`,
    {
      input: {
        idempotencyKey: `demo:purchase:${purchase.orderNumber}`,
        ...purchase,
        merchantId: merchantIds[merchant],
        memberId: memberIds[member],
      },
    },
  );
  return idOf(recordPurchase, recordPurchase.purchase);
}

/** 林小雨, her husband and her mother. */
async function makeFamily(ask: Ask, members: Readonly<Record<string, string>>): Promise<void> {
  await ask(
    `mutation ($input: CreateFamilyInput!) { createFamily(input: $input) {
      ... on FamilyCreated { family { id } } ... on Refusal { code message } } }`,
    { input: { idempotencyKey: 'demo:family:lin', memberId: members.lin, name: '小雨一家' } },
  );
  for (const code of ['chen', 'wang']) {
    const { inviteToFamily } = await ask(
      `mutation ($input: InviteToFamilyInput!) { inviteToFamily(input: $input) {
        ... on FamilyInvitationSent { invitation { id } } ... on Refusal { code message } } }`,
      {
        input: {
          idempotencyKey: `demo:invite:${code}`,
          memberId: members.lin,
          inviteeId: members[code],
        },
      },
    );
    const invitationId = idOf(inviteToFamily, inviteToFamily.invitation);
    await ask(
      `mutation ($input: AcceptFamilyInvitationInput!) { acceptFamilyInvitation(input: $input) {
        ... on FamilyJoined { family { id } } ... on Refusal { code message } } }`,
      {
        input: { idempotencyKey: `demo:accept:${code}`, memberId: members[code], invitationId },
      },
    );
  }
}

function idOf(answer: unknown, entity: { id: string } | undefined): string {
  if (entity === undefined) throw new Error(`The demo was refused: ${JSON.stringify(answer)}`);
  return entity.id;
}
