import { blocks, type Check, when } from '../check.ts';
import { FAVOURABLE_REVIEWS, PROHIBITED_BENEFITS, textCheck } from './texts.ts';

/** S41, S42: points as a share in an enterprise. What is asked for has a lawful form: the appreciation grant. */
const prohibitedBenefit: Check = {
  id: 'PROHIBITED_BENEFIT',
  rows: ['S41', 'S42', 'L8'],
  source: 'LAW_FUNDRAISING_19_3',
  override: null,
  rule: ({ terms }) =>
    when(
      terms.appreciation !== null && terms.appreciation !== 'FIXED_BUDGET',
      blocks('PROHIBITED_BENEFIT', {
        field: 'appreciation',
        parameters: { words: terms.appreciation ?? '' },
      }),
    ),
  text: textCheck('PROHIBITED_BENEFIT', PROHIBITED_BENEFITS),
};

/** Interest or daily release under another name (L8, S42). */
const growsWithTime: Check = {
  id: 'GROWS_WITH_TIME',
  rows: ['L8', 'S42'],
  source: 'LAW_FUNDRAISING_19_3',
  override: null,
  rule: ({ terms }) =>
    when(terms.trigger === 'TIME_PASSED', blocks('GROWS_WITH_TIME', { field: 'trigger' })),
};

/** An appreciation is decided when its period is over; a promise of it beforehand is a return (L8). */
const appreciationPromised: Check = {
  id: 'APPRECIATION_PROMISED',
  rows: ['L8', 'S41'],
  source: 'LAW_FUNDRAISING_19_3',
  override: null,
  rule: ({ terms, publishedAt }) =>
    when(
      terms.trigger === 'APPRECIATION' &&
        (terms.notice.advertisement !== null ||
          terms.condition.until === null ||
          Date.parse(terms.condition.until) > publishedAt.getTime()),
      blocks('APPRECIATION_PROMISED', {
        field: terms.notice.advertisement === null ? 'condition.until' : 'notice.advertisement',
      }),
    ),
};

const favourableAnswer: Check = {
  id: 'FAVOURABLE_ANSWER',
  rows: ['S19', 'R8'],
  source: 'LAW_COMPETITION_8',
  override: null,
  rule: ({ terms }) =>
    when(terms.answers === 'FAVOURABLE', blocks('FAVOURABLE_ANSWER', { field: 'answers' })).map(
      (finding) => ({ ...finding, parameters: { words: 'FAVOURABLE' } }),
    ),
  text: textCheck('FAVOURABLE_ANSWER', FAVOURABLE_REVIEWS),
};

export const benefitChecks: readonly Check[] = [
  prohibitedBenefit,
  growsWithTime,
  appreciationPromised,
  favourableAnswer,
];
