import type { Caller } from '../../shared/graphql/caller.ts';
import { demoMerchants } from './alliance.ts';
import type { DemoIds } from './load.ts';
import { demoMembers } from './purchases.ts';

/** Somebody whom a developer may be, with one click. */
export type DemoIdentity = Readonly<{ name: Readonly<{ zh: string; en: string }>; caller: Caller }>;

const office = (
  role: 'OPERATOR' | 'REGULATOR' | 'ANALYST',
  zh: string,
  en: string,
): DemoIdentity => ({
  name: { zh, en },
  caller: {
    subject: `demo:${role.toLowerCase()}`,
    roles: ['PUBLIC', role],
    memberId: null,
    merchantId: null,
  },
});

/** The people of the demo alliance, 林小雨 first. */
export function demoIdentities({ members, merchants }: DemoIds): DemoIdentity[] {
  const people = demoMembers.slice(0, 3).map(({ code, name }) => ({
    name: { zh: `会员 ${name}`, en: `Member ${name}` },
    caller: {
      subject: `member:${members[code]}`,
      roles: ['PUBLIC', 'MEMBER'] as const,
      memberId: members[code] ?? null,
      merchantId: null,
    },
  }));
  const shops = demoMerchants
    .filter(({ code }) => ['scenic-spot', 'supermarket'].includes(code))
    .map(({ code, name }) => ({
      name: { zh: `商家 ${name.zh}`, en: `Merchant ${name.en}` },
      caller: {
        subject: `merchant:${merchants[code]}`,
        roles: ['PUBLIC', 'MERCHANT'] as const,
        memberId: null,
        merchantId: merchants[code] ?? null,
      },
    }));
  return [
    ...people,
    office('OPERATOR', '联盟运营', 'Operator'),
    office('REGULATOR', '监管人员', 'Regulator'),
    office('ANALYST', '分析师', 'Analyst'),
    ...shops,
  ];
}
