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

/** By how much the clock of a till that was without network may be wrong. */
const CLOCK_MS = 5 * 60_000;

/**
 * Who bears a code. A text that was not sealed here is a code of nobody, however it came about. `shownAt`: when a till
 * scanned it that had no network; null: now.
 */
export async function bearerOf(
  context: Context,
  code: string,
  shownAt: Date | null = null,
): Promise<CodeBearer> {
  const { services, clock, loaders } = context;
  const sealed = opened(services.personal, code);
  if (sealed === null) return NOBODY;
  const now = clock.now();
  if (!wasGood(sealed.validUntil, shownAt, now)) return { ...NOBODY, isExpired: true };
  const member = await loaders.memberById.load(sealed.memberId);
  if (member?.status !== 'ACTIVE') return NOBODY;
  const window = qualifyingWindow(dayOf(now));
  const points = await loaders.qualifyingPoints.load({ memberId: member.id, ...window });
  return { memberId: member.id, tier: tierFor(points).code, isExpired: false };
}

/** Whether the minute of a code that ends then was not over yet; of one shown earlier, whether it was shown in it. */
function wasGood(validUntil: number, shownAt: Date | null, now: Date): boolean {
  if (shownAt === null) return now.getTime() <= validUntil;
  const shown = shownAt.getTime();
  return validUntil - VALID_MS - CLOCK_MS <= shown && shown <= validUntil + CLOCK_MS;
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
