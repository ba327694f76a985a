import type { Locale } from '../../../shared/graphql/wording.ts';
import type { Names } from '../disclosure/domain/names.ts';
import { nameOf } from '../disclosure/queries/visible-names.ts';
import { amountText } from '../domain/money-text.ts';
import { sentence } from '../wording.ts';
import type { SegmentTerms } from './domain/segment.ts';

type Said = Readonly<{
  /** Of the merchant's amounts. */
  currency: string;
  /** What its codes are called. */
  names: Names;
  locale: Locale;
}>;

/** What a segment says, in words. */
export function segmentText(terms: SegmentTerms, { currency, names, locale }: Said): string {
  const parts: string[] = [];
  const say = (code: string, said: number | string | null, name: 'values' | 'least') => {
    if (said !== null) parts.push(sentence(code, locale, { [name]: said }));
  };
  const or = new Intl.ListFormat(locale, { type: 'disjunction' });
  const any = (values: readonly string[] | null) => values && or.format(values);
  const { averageAtLeastMinor: average } = terms;
  const categories = terms.categories?.map((code) => nameOf(names, 'CATEGORY', code, locale));
  say('SEGMENT_CATEGORIES', any(categories ?? null), 'values');
  say('SEGMENT_SIZES', any(terms.sizes), 'values');
  say('SEGMENT_COLOURS', any(terms.colours), 'values');
  say('SEGMENT_ORDERS', terms.ordersAtLeast, 'least');
  say('SEGMENT_AVERAGE', average === null ? null : `${amountText(average)} ${currency}`, 'least');
  if (terms.isRising) parts.push(sentence('SEGMENT_RISING', locale, {}));
  return parts.join(locale === 'zh-CN' ? '；' : '; ');
}
