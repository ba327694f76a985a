import { parseIsoDay } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { isDuplicateKey } from '../../../../shared/database/errors.ts';
import {
  areBlocking,
  type NotLawful,
  notLawful,
  type WordedFinding,
  withoutTitles,
} from '../../../../shared/graphql/law.ts';
import { checkText, type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';
import { refuseRegion, refuseTexts } from '../domain/act-input.ts';
import {
  type ProjectTaken,
  projectTaken,
  type TrackNotAccepted,
  trackNotAccepted,
} from '../domain/refusals.ts';
import { holdsTrack } from '../domain/tracks.ts';
import { Project } from '../entities/project.ts';

export type RegisterGreenProject = Readonly<{
  idempotencyKey: string;
  code: string;
  titleZh: string;
  titleEn: string;
  organiser: string;
  source: string;
  region: string;
  merchantId?: string | null | undefined;
  /** `YYYY-MM-DD`, the last one included. */
  startsOn: string;
  endsOn: string;
}>;

export type GreenProjectRegistered = Readonly<{
  kind: 'GreenProjectRegistered';
  projectId: string;
}>;

type Outcome = GreenProjectRegistered | ProjectTaken | TrackNotAccepted | NotLawful | InvalidInput;

/** What others said before: whether the merchant that it names is there, and what the guard finds in its words (S52). */
export type Asked = Readonly<{ isMerchant: boolean; findings: readonly WordedFinding[] }>;

export const NOTHING_FOUND: Asked = { isMerchant: true, findings: [] };

/** What of a project claims something in public. Its organiser is called what it is called. */
export const wordsOf = ({ titleZh, titleEn, source }: RegisterGreenProject) => ({
  ...{ titleZh, titleEn, source: withoutTitles(source) },
});

/** Registers a project. Who takes part gets the bonus of the merchant's rules, once (S48). */
export const registerGreenProjectOf = ({ isMerchant, findings }: Asked) =>
  // The frame scopes keys by the name of the function.
  async function registerGreenProject(
    { manager, newId, at, caller }: Work,
    input: RegisterGreenProject,
  ): Promise<Outcome> {
    const { code, titleZh, titleEn, organiser, source, region, merchantId = null } = input;
    const wrong = refuseProject(input);
    if (wrong !== null) return wrong;
    if (!isMerchant) return invalidInput('MERCHANT_NOT_FOUND', 'merchantId');
    if (areBlocking(findings)) return notLawful(findings);
    const days = { startsOn: parseIsoDay(input.startsOn), endsOn: parseIsoDay(input.endsOn) };
    if (await manager.existsBy(Project, { code })) return projectTaken(code);

    // From here on the command must succeed, unless somebody registers the same code meanwhile.
    const id = newId();
    const words = { code, titleZh, titleEn, organiser, source, region, merchantId };
    try {
      const registered = { registeredBy: caller.subject, registeredAt: at };
      await manager.insert(Project, { id, ...words, ...days, ...registered });
    } catch (error) {
      // Nothing else was written, so the unique index is the lock: its loser is refused like a latecomer.
      if (isDuplicateKey(error)) return projectTaken(code);
      throw error;
    }
    return { kind: 'GreenProjectRegistered', projectId: id };
  };

/** What is wrong with it by itself. */
export function refuseProject(input: RegisterGreenProject): TrackNotAccepted | InvalidInput | null {
  const { code, titleZh, titleEn, organiser, source, region, merchantId = null } = input;
  const wrong =
    refuseTexts({ code, ...(merchantId === null ? {} : { merchantId }) }) ??
    refuseWords({ titleZh, titleEn, organiser }, 200) ??
    refuseWords({ source }, 1000) ??
    refuseRegion(region);
  if (wrong !== null) return wrong;
  const isReversed = parseIsoDay(input.endsOn) < parseIsoDay(input.startsOn);
  return isReversed ? invalidInput('PROJECT_DATES_REVERSED', 'endsOn') : null;
}

function refuseWords(
  texts: Readonly<Record<string, string>>,
  max: number,
): TrackNotAccepted | InvalidInput | null {
  for (const [field, text] of Object.entries(texts)) {
    if (holdsTrack(text)) return trackNotAccepted(field);
    const wrong = checkText(field, text, max);
    if (wrong !== null) return wrong;
  }
  return null;
}
