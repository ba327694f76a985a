import { blocks, type Check } from '../check.ts';
import type { Claim } from '../texts/find-words.ts';
import { wordsFound } from '../texts/find-words.ts';
import { PROHIBITED_BENEFITS } from '../texts/lists/benefits.ts';
import { PROHIBITED_CLAIMS } from '../texts/lists/claims.ts';
import { GREEN_CLAIMS } from '../texts/lists/green.ts';
import { CASH_OUT, TOP_UP } from '../texts/lists/money.ts';
import {
  FAVOURABLE_REVIEWS,
  FORCED_PARTICIPATION,
  JOINING_FEE,
  PYRAMID,
} from '../texts/lists/people.ts';
import { UNFAIR_TERMS } from '../texts/lists/unfair.ts';

const WORDS_SHOWN = 3;

/** What a check does with every text that people read. */
export const textCheck =
  (id: string, claims: readonly Claim[]): NonNullable<Check['text']> =>
  ({ field, folded }, context) => {
    const words = wordsFound(folded, claims, context);
    return words.length === 0
      ? []
      : [blocks(id, { field, parameters: { words: words.slice(0, WORDS_SHOWN).join(' / ') } })];
  };

type Given = Omit<Check, 'text' | 'rule' | 'reward'> & { claims: readonly Claim[] };

const byText = ({ claims, ...check }: Given): Check => ({
  ...check,
  text: textCheck(check.id, claims),
});

export const textChecks: readonly Check[] = [
  byText({
    id: 'UNFAIR_TERM',
    rows: ['R4', 'S61', 'R6'],
    source: 'LAW_CONSUMER_26',
    override: null,
    claims: UNFAIR_TERMS,
  }),
  byText({
    id: 'PROHIBITED_CLAIM',
    rows: ['L12'],
    source: null,
    override: 'SECOND_PERSON',
    claims: PROHIBITED_CLAIMS,
  }),
  byText({
    id: 'CASH_OUT',
    rows: ['L6', 'R28'],
    source: 'LAW_PAYMENT_2',
    override: null,
    claims: CASH_OUT,
  }),
  byText({
    id: 'TOP_UP',
    rows: ['L7', 'R28'],
    source: 'LAW_PAYMENT_15',
    override: null,
    claims: TOP_UP,
  }),
  byText({
    id: 'PYRAMID',
    rows: ['L1', 'L2'],
    source: 'LAW_PYRAMID_7',
    override: null,
    claims: PYRAMID,
  }),
  byText({
    id: 'FORCED_PARTICIPATION',
    rows: ['S71', 'R8'],
    source: null,
    override: null,
    claims: FORCED_PARTICIPATION,
  }),
  // No special law: what R33 cites for it was not read.
  byText({
    id: 'GREEN_CLAIM',
    rows: ['R33', 'S52'],
    source: null,
    override: null,
    claims: GREEN_CLAIMS,
  }),
];

export { FAVOURABLE_REVIEWS, JOINING_FEE, PROHIBITED_BENEFITS };
