/** Who may do what. `PUBLIC` is everybody, signed in or not. */
export const roles = [
  'PUBLIC',
  'MEMBER',
  'MERCHANT',
  'ANALYST',
  'REGULATOR',
  'OMBUDSMAN',
  'OPERATOR',
  'SERVICE',
] as const;

export type Role = (typeof roles)[number];

/** Who is asking, checked once at the gateway and passed on with every call to a subgraph. */
export type Caller = Readonly<{
  /** Stable name of the person or program, such as `member:0198…`. Scopes idempotency keys. */
  subject: string;
  roles: readonly Role[];
  /** The member that the caller is. Only with the role MEMBER. */
  memberId: string | null;
  /** The merchant that the caller works for. Only with the role MERCHANT. */
  merchantId: string | null;
}>;

export const anonymous: Caller = {
  subject: 'anonymous',
  roles: ['PUBLIC'],
  memberId: null,
  merchantId: null,
};

/** One subgraph asking another on its own account. */
export const serviceCaller = (name: string): Caller => ({
  subject: `service:${name}`,
  roles: ['PUBLIC', 'SERVICE'],
  memberId: null,
  merchantId: null,
});

export const hasRole = (caller: Caller, ...any: readonly Role[]): boolean =>
  any.some((role) => caller.roles.includes(role));

/** May see all books: the operator, the regulator, and the other subgraphs. */
export const seesAll = (caller: Caller): boolean =>
  hasRole(caller, 'OPERATOR', 'REGULATOR', 'SERVICE');

/** May see what belongs to this member: she herself and those who see all. */
export const seesMember = (caller: Caller, memberId: string): boolean =>
  seesAll(caller) || (hasRole(caller, 'MEMBER') && caller.memberId === memberId);

/** May see the inner affairs of this merchant: its own staff and those who see all. */
export const seesMerchant = (caller: Caller, merchantId: string): boolean =>
  seesAll(caller) || (hasRole(caller, 'MERCHANT') && caller.merchantId === merchantId);

/** May act for this member: she herself, the operator on her behalf, and the other subgraphs. */
export const actsForMember = (caller: Caller, memberId: string): boolean =>
  hasRole(caller, 'OPERATOR', 'SERVICE') ||
  (hasRole(caller, 'MEMBER') && caller.memberId === memberId);

/** May act for this merchant: its own staff, the operator, and the other subgraphs. */
export const actsForMerchant = (caller: Caller, merchantId: string): boolean =>
  hasRole(caller, 'OPERATOR', 'SERVICE') ||
  (hasRole(caller, 'MERCHANT') && caller.merchantId === merchantId);
