import type { Locale } from '../../../shared/graphql/wording.ts';
import { amountText } from '../domain/money-text.ts';
import { sentence } from '../wording.ts';
import type { SegmentTerms } from './domain/segment.ts';

/** What a segment says, in words; amounts in the merchant's currency. */
export function segmentText(terms: SegmentTerms, currency: string, locale: Locale): string {
  const parts: string[] = [];
  const say = (code: string, said: number | string | null, name: 'values' | 'least') => {
    if (said !== null) parts.push(sentence(code, locale, { [name]: said }));
  };
  const or = new Intl.ListFormat(locale, { type: 'disjunction' });
  const any = (values: readonly string[] | null) => values && or.format(values);
  const { averageAtLeastMinor: average } = terms;
  say('SEGMENT_CATEGORIES', any(terms.categories), 'values');
  say('SEGMENT_SIZES', any(terms.sizes), 'values');
  say('SEGMENT_COLOURS', any(terms.colours), 'values');
  say('SEGMENT_ORDERS', terms.ordersAtLeast, 'least');
  say('SEGMENT_AVERAGE', average === null ? null : `${amountText(average)} ${currency}`, 'least');
  if (terms.isRising) parts.push(sentence('SEGMENT_RISING', locale, {}));
  return parts.join(locale === 'zh-CN' ? '；' : '; ');
}
