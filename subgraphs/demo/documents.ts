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
