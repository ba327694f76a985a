import type { Peers } from '../../../shared/graphql/peers.ts';
import type { Call } from '../../../shared/graphql/request.ts';
import type { CodeNames, NamedKind } from '../domain/code-names.ts';

type Asking = Readonly<{ peers: Peers }> & Pick<Call, 'requestId' | 'deadline'>;
type Asked = readonly Readonly<{ kind: NamedKind; code: string }>[];

const TIERS = '{ tiers { code name } }';
const NAMES = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on Merchant { codeNames { kind code name } } } }`;

/**
 * What a merchant calls codes, in both languages; what it has not named of tiers is called as members does. Nobody is
 * asked for nothing. Throws PeerFailure when one of them does not answer.
 */
export async function codeNamesOf(
  asking: Asking,
  merchantId: string,
  codes: Asked,
): Promise<CodeNames> {
  if (codes.length === 0) return [];
  const [zh, en] = await Promise.all(
    (['zh-CN', 'en'] as const).map((language) => namesIn(asking, merchantId, language)),
  );
  return codes.flatMap(({ kind, code }) => {
    const key = keyOf(kind, code);
    const [chinese, english] = [zh?.get(key), en?.get(key)];
    return chinese === undefined || english === undefined
      ? []
      : [{ kind, code, zh: chinese, en: english }];
  });
}

const keyOf = (kind: string, code: string): string => JSON.stringify([kind, code]);

async function namesIn(
  { peers, requestId, deadline }: Asking,
  merchantId: string,
  language: 'zh-CN' | 'en',
): Promise<ReadonlyMap<string, string>> {
  type Named = { code: string; name: string };
  type Answer = { _entities: ({ codeNames: (Named & { kind: string })[] } | null)[] };
  const call = { requestId, deadline, language };
  const r = [{ __typename: 'Merchant', id: merchantId }];
  const [{ tiers }, { _entities }] = await Promise.all([
    peers.ask<{ tiers: Named[] }>('members', TIERS, {}, call),
    peers.ask<Answer>('merchants', NAMES, { r }, call),
  ]);
  const own = _entities[0]?.codeNames ?? [];
  return new Map(
    [...tiers.map((tier) => ({ kind: 'TIER', ...tier })), ...own].map(({ kind, code, name }) => [
      keyOf(kind, code),
      name,
    ]),
  );
}
