import type { LocalizedText } from '../../rules/domain/terms.ts';

/** What is meant by a code. */
export type CodeKind =
  | 'CATEGORY'
  | 'SKU'
  | 'CHANNEL'
  | 'REGION'
  | 'PAYMENT_INSTRUMENT'
  | 'TIER'
  | 'USE_SCOPE';

/** In whose place a name stands that holds in the whole alliance. */
export const ALLIANCE = 'ALLIANCE';

/** What a code is called, by a merchant or by `ALLIANCE`. */
export type CodeName = Readonly<{
  merchantId: string;
  kind: CodeKind;
  code: string;
  zh: string;
  en: string;
}>;

type NamedStore = Readonly<{ code: string; nameZh: string; nameEn: string }>;

/** What codes are called, by `nameKey`. */
export type Names = ReadonlyMap<string, LocalizedText>;

export const nameKey = (kind: CodeKind | 'STORE', code: string): string => `${kind} ${code}`;

/** The names that hold at a merchant: its own go before those of the alliance. */
export const namesAt = (
  ofAlliance: readonly CodeName[],
  own: readonly CodeName[],
  stores: readonly NamedStore[],
): Names =>
  new Map([
    ...[...ofAlliance, ...own].map(
      ({ kind, code, zh, en }) => [nameKey(kind, code), { zh, en }] as const,
    ),
    ...stores.map(
      ({ code, nameZh: zh, nameEn: en }) => [nameKey('STORE', code), { zh, en }] as const,
    ),
  ]);

/** Those of a merchant, and of the alliance what it has not replaced, by kind and code. */
export const codeNamesAt = (
  ofAlliance: readonly CodeName[],
  own: readonly CodeName[],
): CodeName[] => {
  const replaced = new Set(own.map(({ kind, code }) => nameKey(kind, code)));
  const others = ofAlliance.filter(({ kind, code }) => !replaced.has(nameKey(kind, code)));
  return [...own, ...others].toSorted((a, b) =>
    nameKey(a.kind, a.code) < nameKey(b.kind, b.code) ? -1 : 1,
  );
};
