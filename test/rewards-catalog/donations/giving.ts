import { isCharityCode } from '../../../subgraphs/rewards-catalog/donations/domain/donation.ts';
import { freshKey, nextNumber, operator, type World } from '../../support/world.ts';

/** Another person of the operator. */
export const second = { ...operator, subject: 'operator:second' };

/** The code of a social organisation that no other has. */
export function charityCode(kind = '53'): string {
  const body = `${kind}110000MJ${String(nextNumber()).padStart(7, '0')}`;
  const code = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']
    .map((sign) => body + sign)
    .find(isCharityCode);
  if (code === undefined) throw new Error(`no sign fits ${body}`);
  return code;
}

export const CHARITY = 'id name registrationNumber state qualifiedUntil endReason';

type Given = Readonly<Record<string, unknown>>;
type Asked = Parameters<World['data']>[2];

/** What a mutation of donations answers: `__typename`, and the fields of a refusal. */
export async function change(world: World, verb: string, input: Given, asked: Asked = {}) {
  const type = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}Input`;
  const data = await world.data(
    `mutation ($input: ${type}!) { ${verb}(input: $input) { __typename
      ${verb === 'reportDelivery' ? '... on DeliveryReported { delivery { id donations } } ... on DeliveryNotMatching { expectedMinor donations }' : `... on CharityChanged { charity { ${CHARITY} } }`}
      ... on Refusal { code message } } }`,
    { input: { idempotencyKey: freshKey(), ...input } },
    asked,
  );
  return data[verb];
}

/** What `registerCharity` answers. The default may ask the public until the end of 2027. */
export const propose = (world: World, input: Given = {}) =>
  change(world, 'registerCharity', {
    name: { zh: '乡村助学基金会', en: 'Village School Foundation' },
    registrationNumber: charityCode(),
    fundraisingNumber: 'F-1',
    qualifiedUntil: '2027-12-31',
    ...input,
  });

/** The registration number of a charity for which two persons stand. */
export async function registered(world: World): Promise<string> {
  const { charity } = await propose(world);
  await change(world, 'confirmCharity', { charityId: charity.id }, { as: second });
  return charity.registrationNumber;
}

/** The id of a reward of 100 points that gives 5.00 yuan. */
export async function donationReward(
  world: World,
  merchantId: string,
  { registrationNumber, ...more }: { registrationNumber?: string } & Given = {},
): Promise<string> {
  const donation = {
    charity: { zh: '乡村助学基金会', en: 'Village School Foundation' },
    registrationNumber: registrationNumber ?? (await registered(world)),
    fundraisingNumber: 'F-1',
    project: { zh: '图书角', en: 'Reading <corner> & "more"' },
  };
  return world.reward({
    ...{ merchantId, kind: 'DONATION', points: 100 },
    cashPrice: { amountMinor: 500, currency: 'CNY' },
    details: { donation },
    ...more,
  });
}
