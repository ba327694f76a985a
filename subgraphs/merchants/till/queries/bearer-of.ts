import { fault } from '../../../../shared/graphql/faults.ts';
import { PeerFailure } from '../../../../shared/graphql/peers.ts';
import { type Refused, refused } from '../../../../shared/graphql/refusals.ts';
import type { Context } from '../../context.ts';

/** Whose code was scanned, and her tier; nobody's when none was shown. */
export type Bearer = Readonly<{ memberId: string | null; tier: string | null }>;

const BEARER = `query ($code: String!, $shownAt: DateTime) {
  bearerOfCode(code: $code, shownAt: $shownAt) { memberId tier isExpired } }`;

/** Asks members. `shownAt`: when it was scanned, null: now. Throws SUBGRAPH_UNAVAILABLE when members does not answer. */
export async function bearerOf(
  { peers, requestId, deadline }: Pick<Context, 'peers' | 'requestId' | 'deadline'>,
  code: string | null,
  shownAt: Date | null = null,
): Promise<Bearer | Refused<'MemberCodeNotGood'>> {
  if (code === null) return { memberId: null, tier: null };
  type Answer = { bearerOfCode: Bearer & { isExpired: boolean } };
  try {
    const call = { requestId, deadline };
    const { bearerOfCode } = await peers.ask<Answer>('members', BEARER, { code, shownAt }, call);
    if (bearerOfCode.memberId !== null) return bearerOfCode;
    if (!bearerOfCode.isExpired) return refused('MemberCodeNotGood', 'MEMBER_CODE_UNKNOWN');
    const why = shownAt === null ? 'MEMBER_CODE_EXPIRED' : 'MEMBER_CODE_NOT_THEN';
    return refused('MemberCodeNotGood', why);
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', 'CODE_UNREADABLE');
    throw error;
  }
}
