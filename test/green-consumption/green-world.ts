import type { Alone, Asked } from '../support/alone.ts';
import { freshKey } from '../support/people.ts';

/** Registers a certificate, with defaults for everything that a test is not about. */
export async function certify(
  alone: Alone,
  input: Record<string, unknown> = {},
  asked: Asked = {},
) {
  const { registerGreenCertificate } = await alone.data(
    `mutation ($input: RegisterGreenCertificateInput!) { registerGreenCertificate(input: $input) {
      __typename
      ... on GreenCertificateRegistered { certificate {
        id number label body validFrom validUntil isValid merchant { id } } }
      ... on Refusal { code message }
      ... on InvalidInput { field } } }`,
    {
      input: {
        idempotencyKey: freshKey(),
        number: 'CERT-1',
        label: 'LOW_CARBON',
        body: 'A body',
        merchantId: 'shop',
        validFrom: '2026-01-01',
        validUntil: '2026-12-31',
        skus: ['EV-20'],
        rewardIds: ['charge'],
        behaviour: 'EV_KWH',
        activityMilli: 20_000,
        ...input,
      },
    },
    asked,
  );
  return registerGreenCertificate;
}

/** A line of a purchase, as merchants tells it. */
export const line = (given: Record<string, unknown> = {}) => ({
  number: 1,
  sku: 'EV-20',
  quantity: 2,
  returnedQuantity: 0,
  certificateNumber: 'CERT-1',
  behaviour: null,
  amountMinor: 4_000,
  ...given,
});

/** A purchase, as merchants tells it. */
export const purchase = (given: Record<string, unknown> = {}) => ({
  purchaseId: 'p1',
  memberId: 'ann',
  merchantId: 'shop',
  purchasedAt: '2026-11-20T02:00:00.000Z',
  lines: [line()],
  awards: [],
  ...given,
});

/** What stands in the carbon account of a member, in grams. */
export const gramsOf = async (alone: Alone, memberId = 'ann', asked: Asked = {}) =>
  (
    await alone.entities(
      '... on Member { carbonGrams }',
      [{ __typename: 'Member', id: memberId }],
      asked,
    )
  )[0].carbonGrams;
