import type { Caller } from '../../shared/graphql/caller.ts';

export { anonymous } from '../../shared/graphql/caller.ts';

/** A clock that stands still until a test moves it. */
export class TestClock {
  #now: number;

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  now = (): Date => new Date(this.#now);

  set(instant: string): void {
    this.#now = Date.parse(instant);
  }

  advanceDays(days: number): void {
    this.#now += days * 24 * 60 * 60 * 1000;
  }
}

export const operator: Caller = {
  subject: 'operator:test',
  roles: ['PUBLIC', 'OPERATOR'],
  memberId: null,
  merchantId: null,
};

export const regulator: Caller = {
  ...operator,
  subject: 'regulator:test',
  roles: ['PUBLIC', 'REGULATOR'],
};

export const analyst: Caller = {
  ...operator,
  subject: 'analyst:test',
  roles: ['PUBLIC', 'ANALYST'],
};

export const asMember = (memberId: string): Caller => ({
  subject: `member:${memberId}`,
  roles: ['PUBLIC', 'MEMBER'],
  memberId,
  merchantId: null,
});

export const asMerchant = (merchantId: string): Caller => ({
  subject: `merchant:${merchantId}`,
  roles: ['PUBLIC', 'MERCHANT'],
  memberId: null,
  merchantId,
});

let counter = 0;

/** The next of the numbers of this test run. */
export const nextNumber = (): number => {
  counter += 1;
  return counter;
};

/** A key that no other request of this test run has. */
export const freshKey = (): string => `test-key-${process.pid}-${nextNumber()}`;

/** A phone that nobody has registered yet. */
export const freshPhone = (): string => `+86138${String(nextNumber()).padStart(8, '0')}`;

/** What lets a merchant of any trade issue points, for longer than any test runs. */
export const issuerDocuments = (expiresOn = '2099-12-31') =>
  ['CREDIT_CERTIFICATE', 'THIRD_PARTY_ASSESSMENT', 'FILING', 'OPERATING_LICENCE'].map((kind) => ({
    kind,
    number: `${kind}-1`,
    issuingBody: 'Test authority',
    issuedOn: '2000-01-01',
    expiresOn,
  }));

/** What a merchant of a trade states for it when all is well (S72). */
export const tradeFacts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  BANK: { CARD_PROGRAMME: 'true' },
  TELECOM: { CONTRACT_MONTHS_DISCLOSED: 'true' },
  AIRLINE: { MILEAGE_VALIDITY_DISCLOSED: 'true', MILEAGE_REFUND_DAYS: '30' },
  RAIL: { MILEAGE_VALIDITY_DISCLOSED: 'true' },
  SCENIC_SPOT: { TICKET_PARITY: 'true' },
  HOTEL: { POINTS_NIGHTS_EQUAL_PAID_NIGHTS: 'true' },
  JEWELLERY: { LARGE_ORDER_MINOR: '5000000' },
};
