import type { Locale } from '../../../../shared/graphql/wording.ts';
import type { Context } from '../../context.ts';
import { ALLIANCE, type CodeKind, type Names, nameKey, namesAt } from '../domain/names.ts';

/** All names that hold at a merchant. Two statements, for however many merchants. */
export async function visibleNames(
  { loaders }: Pick<Context, 'loaders'>,
  merchantId: string,
): Promise<Names> {
  const [ofAlliance, own, stores] = await Promise.all([
    loaders.codeNamesByMerchant.load(ALLIANCE),
    loaders.codeNamesByMerchant.load(merchantId),
    loaders.storesByMerchant.load(merchantId),
  ]);
  return namesAt(ofAlliance, own, stores);
}

/** What codes are called, one after the other. One that nobody has named is shown as what it is. */
export const listOf = (
  names: Names,
  kind: CodeKind | 'STORE',
  codes: readonly string[],
  locale: Locale,
): string =>
  codes.map((code) => nameOf(names, kind, code, locale)).join(locale === 'zh-CN' ? '、' : ', ');

/** What a code is called; one that nobody has named is shown as what it is. */
export function nameOf(
  names: Names,
  kind: CodeKind | 'STORE',
  code: string,
  locale: Locale,
): string {
  const name = names.get(nameKey(kind, code));
  if (name === undefined) return code;
  return locale === 'zh-CN' ? name.zh : name.en;
}
