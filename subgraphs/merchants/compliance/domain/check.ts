import type { LocalizedText, RuleTerms } from '../../rules/domain/terms.ts';
import type { Finding, RewardSubject, RuleSubject } from './finding.ts';
import type { TextContext } from './texts/find-words.ts';
import type { Folded } from './texts/fold.ts';

/** A text that people read, and where it stands. */
export type NamedText = Readonly<{ field: string; text: string }>;

/** The same as it is compared. */
export type FoldedText = Readonly<{ field: string; folded: Folded }>;

/**
 * One thing that is looked at. Its sentences are in `compliance/wording.ts` under `<id>`, `<id>_LOOKS_AT` and
 * `<id>_ALTERNATIVE`.
 */
export type Check = Readonly<{
  id: string;
  /** Rows of the requirements: S-, R-, L-. */
  rows: readonly string[];
  /** The sentence that names the law with its article (`LAW_…`); null: a policy of the alliance. */
  source: string | null;
  /** Who may set it aside, with a reason; null: nobody. */
  override: 'SECOND_PERSON' | null;
  rule?: (subject: RuleSubject) => readonly Finding[];
  reward?: (subject: RewardSubject) => readonly Finding[];
  text?: (text: FoldedText, context: TextContext) => readonly Finding[];
}>;

type Found = Readonly<{ field: string; parameters?: Finding['parameters'] }>;

/** What a check answers with: it stops the publication. */
export const blocks = (check: string, { field, parameters = {} }: Found): Finding => ({
  check,
  severity: 'BLOCKS',
  field,
  parameters,
});

/** It only tells. */
export const advises = (check: string, { field, parameters = {} }: Found): Finding => ({
  check,
  severity: 'ADVISES',
  field,
  parameters,
});

/** One finding when something holds, else none. */
export const when = (holds: boolean, finding: Finding): readonly Finding[] =>
  holds ? [finding] : [];

const both = (field: string, text: LocalizedText | null): NamedText[] =>
  text === null
    ? []
    : [
        { field: `${field}.zh`, text: text.zh },
        { field: `${field}.en`, text: text.en },
      ];

/** All that people read of a rule. */
export const textsOfTerms = (terms: RuleTerms): NamedText[] => [
  ...both('title', terms.title),
  ...both('notice.advertisement', terms.notice.advertisement),
  ...both('notice.redemption', terms.notice.redemption),
  ...both('notice.limits', terms.notice.limits),
  ...both('notice.terms', terms.notice.terms),
  ...both('lottery.prizes', terms.lottery?.prizes ?? null),
  ...(terms.notice.complaints === null
    ? []
    : [{ field: 'notice.complaints', text: terms.notice.complaints }]),
];

/** All that people read of a reward. */
export const textsOfReward = ({ title, terms }: RewardSubject): NamedText[] => [
  ...both('title', title),
  ...both('terms', terms),
];
