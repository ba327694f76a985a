import { checkKey, type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';

/** A certificate covers so many products and rewards at most. */
export const SCOPE_MAX = 1_000;

/** The skus and rewards of a merchant that a certificate covers. */
export type Scope = Readonly<{ skus: readonly string[]; rewardIds: readonly string[] }>;

/** Refuses nothing at all, too many, and what is no key. */
export function refuseScope({ skus, rewardIds }: Scope): InvalidInput | null {
  if (skus.length + rewardIds.length === 0) return invalidInput('SCOPE_EMPTY', 'skus');
  for (const [name, targets] of [
    ['skus', skus],
    ['rewardIds', rewardIds],
  ] as const) {
    if (targets.length > SCOPE_MAX)
      return invalidInput('SCOPE_TOO_LARGE', name, { max: SCOPE_MAX });
    for (const [index, target] of targets.entries()) {
      const unusable = checkKey(`${name}.${index}`, target, 64);
      if (unusable !== null) return unusable;
    }
  }
  return null;
}

/** As it is stored: certificate, kind, target, each once. */
export const scopeRows = (
  certificateId: string,
  { skus, rewardIds }: Scope,
): [string, 'SKU' | 'REWARD', string][] => [
  ...[...new Set(skus)].map((sku): [string, 'SKU', string] => [certificateId, 'SKU', sku]),
  ...[...new Set(rewardIds)].map((id): [string, 'REWARD', string] => [certificateId, 'REWARD', id]),
];
