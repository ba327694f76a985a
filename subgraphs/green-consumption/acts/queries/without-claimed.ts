import { sum } from '../../../../shared/quantities.ts';
import type { LineAssessment, ProductCertificate } from '../../domain/assess.ts';
import type { CarbonEntry } from '../../domain/carbon-entries.ts';
import type { Saving } from '../../domain/saving.ts';
import type { Loaders } from '../../loaders.ts';
import { FREED } from '../commands/claims.ts';
import { lineClaim } from '../domain/claim.ts';

type Order = Readonly<{
  purchaseId: string;
  merchantId: string;
  orderNumber?: string | null | undefined;
}>;

/**
 * What lines save as it is in the account: without the deeds of their order that an act has claimed, for those are there by
 * the act; and of what lines name themselves no more than the caps let through, once the order is entered.
 */
export async function withoutClaimed<Known extends ProductCertificate>(
  { claimByName, entriesByOrigin }: Pick<Loaders, 'claimByName' | 'entriesByOrigin'>,
  { purchaseId, merchantId, orderNumber }: Order,
  lines: readonly LineAssessment<Known>[],
): Promise<LineAssessment<Known>[]> {
  if (!orderNumber) return [...lines];
  const codes = [
    ...new Set(lines.flatMap(({ savings }) => savings.map(({ factor }) => factor.code))),
  ];
  const claims = await Promise.all(
    codes.map((code) => claimByName.load(lineClaim(code, merchantId, orderNumber))),
  );
  const holders = new Map(codes.map((code, index) => [code, claims[index]?.holder ?? '']));
  const origin = `purchase:${purchaseId}`;
  const isOwn = ({ certificateId, factor }: Saving): boolean =>
    certificateId === null && holders.get(factor.code)?.startsWith('purchase:') === true;
  const isAsked = lines.some(({ savings }) => savings.some(isOwn));
  const entries = isAsked ? await entriesByOrigin.load(origin) : [];
  return lines.map((line) => ({
    ...line,
    savings: line.savings
      .filter(({ factor }) => !isOfActs(holders.get(factor.code) ?? ''))
      .flatMap((saving) => (isOwn(saving) ? entered(saving, line.number, entries) : [saving])),
  }));
}

/** Also after the act was recorded wrongly: the order did not enter it when it came. */
const isOfActs = (holder: string): boolean => holder.startsWith('act:') || holder === FREED;

/** As much of a saving as is in the account; nothing, when the caps let nothing through. */
function entered(saving: Saving, line: number, entries: readonly CarbonEntry[]): Saving[] {
  const own = entries.filter(
    (entry) =>
      entry.line === line &&
      entry.factorCode === saving.factor.code &&
      entry.certificateId === null,
  );
  const grams = Math.min(saving.grams, sum(own.map((entry) => entry.grams)));
  return grams > 0 ? [{ ...saving, grams }] : [];
}
