import { fault } from './faults.ts';
import { PeerFailure, type Peers } from './peers.ts';
import { type Refused, refused } from './refusals.ts';
import type { Call } from './request.ts';
import type { Locale } from './wording.ts';

/** What the compliance guard of merchants has found, worded in both languages. */
export type WordedFinding = Readonly<{
  check: string;
  severity: 'BLOCKS' | 'ADVISES';
  field: string;
  messageZh: string;
  messageEn: string;
  alternativeZh: string;
  alternativeEn: string;
  sourceZh: string | null;
  sourceEn: string | null;
}>;

/** What is asked of a finding. */
export const WORDED_FINDING =
  'check severity field messageZh messageEn alternativeZh alternativeEn sourceZh sourceEn';

/** Something that the guard stops. */
export type NotLawful = Refused<'NotLawful'> & Readonly<{ findings: readonly WordedFinding[] }>;

/** Whether something is found that stops a publication. */
export const areBlocking = (findings: readonly WordedFinding[]): boolean =>
  findings.some(({ severity }) => severity === 'BLOCKS');

/** Refuses with all that was found, advice included. */
export const notLawful = (findings: readonly WordedFinding[]): NotLawful => ({
  ...refused('NotLawful', 'NOT_LAWFUL', {
    count: findings.filter(({ severity }) => severity === 'BLOCKS').length,
  }),
  findings,
});

/** Runs what asks the guard. Throws SUBGRAPH_UNAVAILABLE while it does not answer: what nobody has looked at is not published. */
export async function askingGuard<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', 'GUARD_UNREACHABLE');
    throw error;
  }
}

/** The guard reads no longer texts. */
const TEXT_MAX = 10_000;

const TEXTS = `query ($input: CheckTextsInput!) { complianceOfTexts(input: $input) { ${WORDED_FINDING} } }`;

/** What the guard says of texts that will be public, by the names of their fields. Throws as `askingGuard`. */
export const findingsOfTexts = (
  { peers, requestId, deadline }: Readonly<{ peers: Peers }> & Pick<Call, 'requestId' | 'deadline'>,
  texts: Readonly<Record<string, string>>,
): Promise<readonly WordedFinding[]> =>
  askingGuard(async () => {
    const named = Object.entries(texts).map(([field, text]) => ({
      // What is longer is refused anyway.
      ...{ field, text: text.slice(0, TEXT_MAX) },
    }));
    const { complianceOfTexts } = await peers.ask<{ complianceOfTexts: WordedFinding[] }>(
      'merchants',
      TEXTS,
      { input: { texts: named, about: 'MERCHANT' } },
      { requestId, deadline },
    );
    return complianceOfTexts;
  });

/** A source without what it quotes: titles and addresses of works are not what is claimed by naming them. */
export const withoutTitles = (source: string): string =>
  source.replaceAll(/《[^》]*》|“[^”]*”|"[^"]*"|https?:\/\/\S+/gu, ' ');

/** How a refusal of the guard is told. */
export const lawTypes = {
  NotLawful: { findings: ({ findings }: NotLawful) => [...findings] },
  LawFinding: {
    message: ({ messageZh, messageEn }: WordedFinding, _: unknown, { locale }: Speaking) =>
      locale === 'zh-CN' ? messageZh : messageEn,
    source: ({ sourceZh, sourceEn }: WordedFinding, _: unknown, { locale }: Speaking) =>
      locale === 'zh-CN' ? sourceZh : sourceEn,
    alternative: (
      { alternativeZh, alternativeEn }: WordedFinding,
      _: unknown,
      { locale }: Speaking,
    ) => (locale === 'zh-CN' ? alternativeZh : alternativeEn),
  },
};

type Speaking = Readonly<{ locale: Locale }>;
