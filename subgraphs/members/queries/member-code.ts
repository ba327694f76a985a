import { dayOf } from '../../../shared/calendar.ts';
import type { Context } from '../context.ts';
import { qualifyingWindow, tierFor } from '../domain/tiers.ts';
import type { PersonalData } from '../personal-data.ts';

/** A photograph of a code that somebody else took is worth nothing soon after. */
const VALID_MS = 60_000;
const CODE_MAX = 500;

/** Codes are kept nowhere; the place gives them a key of their own. */
const PLACE = 'members_member.code';

/** What a member shows at a till. */
export type MemberCode = Readonly<{ code: string; validUntil: Date }>;

/** Who bears a code, and her tier; neither when it is not good. */
export type CodeBearer = Readonly<{
  memberId: string | null;
  tier: string | null;
  isExpired: boolean;
}>;

/** A code that is good for a minute. It is sealed, so nobody reads a member in it or makes one up. */
export function codeFor(personal: PersonalData, memberId: string, at: Date): MemberCode {
  const validUntil = new Date(at.getTime() + VALID_MS);
  return { code: personal.encrypt(PLACE, `${validUntil.getTime()} ${memberId}`), validUntil };
}

/** Who bears a code. A text that was not sealed here is a code of nobody, however it came about. */
export async function bearerOf(context: Context, code: string): Promise<CodeBearer> {
  const { services, clock, loaders } = context;
  const sealed = opened(services.personal, code);
  if (sealed === null) return NOBODY;
  const now = clock.now();
  if (sealed.validUntil < now.getTime()) return { ...NOBODY, isExpired: true };
  const member = await loaders.memberById.load(sealed.memberId);
  if (member?.status !== 'ACTIVE') return NOBODY;
  const window = qualifyingWindow(dayOf(now));
  const points = await loaders.qualifyingPoints.load({ memberId: member.id, ...window });
  return { memberId: member.id, tier: tierFor(points).code, isExpired: false };
}

const NOBODY: CodeBearer = { memberId: null, tier: null, isExpired: false };

function opened(personal: PersonalData, code: string) {
  if (code.length > CODE_MAX) return null;
  try {
    const [validUntil, memberId = ''] = personal.decrypt(PLACE, code).split(' ');
    return { validUntil: Number(validUntil), memberId };
  } catch {
    return null;
  }
}
