import type { LineAssessment, ProductCertificate } from '../../domain/assess.ts';
import type { Loaders } from '../../loaders.ts';
import { groupOf } from '../domain/behaviours.ts';
import { orderClaim } from '../domain/claim.ts';

type Order = Readonly<{ merchantId: string; orderNumber?: string | null | undefined }>;

/** What lines save without the deeds of their order that an act has claimed: those are in the account by the act. */
export async function withoutClaimed<Known extends ProductCertificate>(
  { claimByName }: Pick<Loaders, 'claimByName'>,
  { merchantId, orderNumber }: Order,
  lines: readonly LineAssessment<Known>[],
): Promise<LineAssessment<Known>[]> {
  if (!orderNumber) return [...lines];
  const codes = [
    ...new Set(lines.flatMap(({ savings }) => savings.map(({ factor }) => factor.code))),
  ];
  const claims = await Promise.all(
    codes.map((code) => claimByName.load(orderClaim(merchantId, orderNumber, groupOf(code)))),
  );
  const claimed = new Set(codes.filter((_, index) => claims[index]?.holder.startsWith('act:')));
  return claimed.size === 0
    ? [...lines]
    : lines.map((line) => ({
        ...line,
        savings: line.savings.filter(({ factor }) => !claimed.has(factor.code)),
      }));
}
