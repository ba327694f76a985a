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
