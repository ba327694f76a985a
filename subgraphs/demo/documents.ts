import type { DemoMerchant } from './merchant.ts';

/** Trades whose merchants also show the licence of the authority that watches over them. */
const LICENSED = ['TELECOM', 'HOTEL', 'AIRLINE', 'RAIL', 'BANK', 'RESTAURANT'];

const kinds = [
  ['CREDIT_CERTIFICATE', 'XY', '示例信用服务中心'],
  ['THIRD_PARTY_ASSESSMENT', 'PG', '示例第三方评估机构'],
  ['FILING', 'BA', '示例备案机关'],
  ['OPERATING_LICENCE', 'XK', '示例行业主管部门'],
] as const;

/** What a merchant of the demo shows as an issuer (S54). Numbers and bodies are invented. */
export const demoDocuments = ({ code, industry }: Pick<DemoMerchant, 'code' | 'industry'>) =>
  kinds
    .filter(([kind]) => kind !== 'OPERATING_LICENCE' || LICENSED.includes(industry))
    .map(([kind, prefix, issuingBody]) => ({
      kind,
      number: `${prefix}-2026-${code}`,
      issuingBody,
      issuedOn: '2026-01-01',
      expiresOn: '2030-12-31',
    }));

/** What the trades of the demo ask their merchants to state (S72). */
const facts: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  JEWELLERY: [['LARGE_ORDER_MINOR', '5000000']],
  TELECOM: [['CONTRACT_MONTHS_DISCLOSED', 'true']],
  HOTEL: [['POINTS_NIGHTS_EQUAL_PAID_NIGHTS', 'true']],
  SCENIC_SPOT: [['TICKET_PARITY', 'true']],
  AIRLINE: [
    ['MILEAGE_VALIDITY_DISCLOSED', 'true'],
    ['MILEAGE_REFUND_DAYS', '30'],
  ],
  RAIL: [['MILEAGE_VALIDITY_DISCLOSED', 'true']],
  BANK: [['CARD_PROGRAMME', 'true']],
};

export const demoFacts = ({ industry }: Pick<DemoMerchant, 'industry'>) =>
  (facts[industry] ?? []).map(([name, value]) => ({ name, value }));
