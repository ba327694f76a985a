import type { Language } from './spoken.ts';

/** What of a code is told by its name. */
export type NamedKind = 'CATEGORY' | 'SKU' | 'REGION' | 'TIER';

/** What codes were called when their reward was published. */
export type CodeNames = readonly Readonly<{
  kind: NamedKind;
  code: string;
  zh: string;
  en: string;
}>[];

/** What a code is called in the language of a text; one that nobody has named is itself. */
export type Called = (kind: NamedKind, code: string) => string;

export function calledBy(names: CodeNames, language: Language): Called {
  const known = new Map(names.map(({ kind, code, zh, en }) => [`${kind} ${code}`, { zh, en }]));
  return (kind, code) => {
    const name = known.get(`${kind} ${code}`);
    if (name === undefined) return code;
    return language === 'zh-CN' ? name.zh : name.en;
  };
}

type Maybe<T> = T | null | undefined;

type Coded = Readonly<{
  regions?: Maybe<readonly string[]>;
  minTier?: Maybe<string>;
  tierPrices?: Maybe<readonly Readonly<{ tier: string }>[]>;
  duringOrder?: Maybe<Readonly<{ skus?: Maybe<readonly string[]> }>>;
  details?: Maybe<
    Readonly<{
      voucher?: Maybe<
        Readonly<{ categories?: Maybe<readonly string[]>; skus?: Maybe<readonly string[]> }>
      >;
      upgrade?: Maybe<Readonly<{ skus: readonly string[] }>>;
      tierBenefit?: Maybe<Readonly<{ category?: Maybe<string> }>>;
    }>
  >;
}>;

/** The codes that a reward names, each once. */
export function codesOf({ regions, minTier, tierPrices, duringOrder, details }: Coded) {
  const { voucher, upgrade, tierBenefit } = details ?? {};
  const of = (kind: NamedKind, codes: readonly string[]) =>
    [...new Set(codes)].map((code) => ({ kind, code }));
  return [
    ...of('REGION', regions ?? []),
    ...of('TIER', [
      ...(minTier == null ? [] : [minTier]),
      ...(tierPrices ?? []).map(({ tier }) => tier),
    ]),
    ...of('CATEGORY', [
      ...(voucher?.categories ?? []),
      ...(tierBenefit?.category == null ? [] : [tierBenefit.category]),
    ]),
    ...of('SKU', [
      ...(voucher?.skus ?? []),
      ...(upgrade?.skus ?? []),
      ...(duringOrder?.skus ?? []),
    ]),
  ];
}
