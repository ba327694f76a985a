import { blocks, type Check, when } from '../check.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** In days, between the publication of a change and its effect (R10). */
const NOTICE_DAYS = 7;

/** In days, between the announcement and the end of a programme or of a merchant's business (R11). */
const END_DAYS = 30;

/** On the clock of the books, for people: `2026-12-01 10:00`. */
const inBooks = (instant: Date): string =>
  `${new Date(instant.getTime() + ZONE_MS).toISOString().slice(0, 16).replace('T', ' ')} (UTC+8)`;

/** UTC+08:00, the zone of the alliance's calendar. */
const ZONE_MS = 8 * 60 * 60 * 1000;

const inDays = (from: Date, days: number): number => from.getTime() + days * DAY_MS;

/** "Effective yesterday": what was earned before is not touched by a rule of today (S17, R10). */
const retroactive: Check = {
  id: 'RETROACTIVE',
  rows: ['R10', 'S17'],
  source: 'LAW_COMMERCE_34',
  override: null,
  rule: ({ publishedAt, effectiveAt }) =>
    when(effectiveAt < publishedAt, blocks('RETROACTIVE', { field: 'effectiveAt' })),
};

const changeWithoutNotice: Check = {
  id: 'CHANGE_WITHOUT_NOTICE',
  rows: ['R10'],
  source: 'LAW_COMMERCE_34',
  override: null,
  rule: ({ previous, publishedAt, effectiveAt }) => {
    const earliest = new Date(inDays(publishedAt, NOTICE_DAYS));
    return when(
      previous !== null && effectiveAt >= publishedAt && effectiveAt < earliest,
      blocks('CHANGE_WITHOUT_NOTICE', {
        field: 'effectiveAt',
        parameters: { days: NOTICE_DAYS, earliest: inBooks(earliest) },
      }),
    );
  },
};

/** The end of a basic rule is the end of its programme: nobody earns there any more. */
const endTooSoon: Check = {
  id: 'END_TOO_SOON',
  rows: ['R11'],
  source: 'LAW_COMMERCE_16',
  override: null,
  rule: ({ terms, previous, publishedAt }) => {
    const { until } = terms.condition;
    const isEnd =
      terms.policy !== null &&
      previous !== null &&
      until !== null &&
      until !== previous.condition.until;
    const earliest = new Date(inDays(publishedAt, END_DAYS));
    return when(
      isEnd && Date.parse(until ?? '') < earliest.getTime(),
      blocks('END_TOO_SOON', {
        field: 'condition.until',
        parameters: { days: END_DAYS, earliest: inBooks(earliest) },
      }),
    );
  },
};

export const noticeChecks: readonly Check[] = [retroactive, changeWithoutNotice, endTooSoon];
