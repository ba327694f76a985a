import type { Ask } from '../alliance.ts';

/** The charity of the reading corner in `alliance.ts`. Invented, like its certificate. */
const CHARITY = {
  name: { zh: '江岸乡村教育基金会（示例）', en: 'Riverbank Village Schools (example)' },
  registrationNumber: '53990000MJ0000001R',
  fundraisingNumber: 'DEMO-2026-01',
  qualifiedUntil: '2099-12-31',
};

/** Two persons put it into the register, so that points can be donated to it. */
export async function registerCharity(ask: Ask, second: Ask): Promise<void> {
  const { registerCharity: registered } = await ask(
    `mutation ($input: RegisterCharityInput!) { registerCharity(input: $input) {
      ... on CharityChanged { charity { id } } ... on Refusal { message } } }`,
    { input: { idempotencyKey: 'demo-charity', ...CHARITY } },
  );
  const charityId = registered.charity?.id;
  if (charityId === undefined) throw new Error(`demo charity: ${registered.message}`);
  const { confirmCharity } = await second(
    `mutation ($input: ConfirmCharityInput!) { confirmCharity(input: $input) {
      __typename ... on Refusal { message } } }`,
    { input: { idempotencyKey: 'demo-charity-confirmed', charityId } },
  );
  if (confirmCharity.message !== undefined) throw new Error(confirmCharity.message);
}
