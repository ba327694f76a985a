import { PeerFailure } from '../../../../shared/graphql/peers.ts';
import type { Locale } from '../../../../shared/graphql/wording.ts';
import { word } from '../../../../shared/graphql/wording.ts';
import type { Context } from '../../context.ts';
import { Reward } from '../../entities/reward.ts';
import { offerWording } from '../wording.ts';

/** The category of the rewards of the green section. */
export const GREEN_SECTION = 'GREEN';

/** How many of a hundred rewards of the section have to be certified. Below it, whoever publishes is warned (S45). */
export const GREEN_SHARE_MIN_PERCENT = 60;

export type RewardWarning = Readonly<{ code: string; message: string }>;

/** Certificates are asked about by so many at once. */
const PAGE = 100;

const QUERY = `query ($first: Int!, $numbers: [String!]!) {
  greenCertificates(first: $first, filter: { number: { in: $numbers } }) {
    nodes { number isValid merchant { id } } } }`;

/**
 * Warns when too few rewards of the green section name a certificate of their merchant that is good today. Nothing to
 * say of a reward outside of it. Null: green-consumption does not answer, so nobody knows.
 */
export async function greenSectionWarnings(
  context: Context,
  category: string | null,
): Promise<RewardWarning[] | null> {
  if (category !== GREEN_SECTION) return [];
  const section = await context.database.reader.find(Reward, {
    select: { id: true, merchantId: true, certificateNumber: true },
    where: { category: GREEN_SECTION, status: 'PUBLISHED' },
  });
  const good = await goodCertificates(
    context,
    section.flatMap(({ certificateNumber }) => certificateNumber ?? []),
  );
  if (good === null) return null;
  const green = section.filter(({ merchantId, certificateNumber }) =>
    good.has(JSON.stringify([certificateNumber, merchantId])),
  ).length;
  if (green * 100 >= section.length * GREEN_SHARE_MIN_PERCENT) return [];
  const parameters = { green, all: section.length, least: GREEN_SHARE_MIN_PERCENT };
  return [warning('GREEN_SHARE_LOW', context.locale, parameters)];
}

const warning = (code: string, locale: Locale, parameters: Record<string, number>) => ({
  code,
  message: word(offerWording, code, locale, parameters),
});

/** Number and merchant of those that are good today, or null when nobody knows. */
async function goodCertificates(
  { peers, requestId, deadline }: Context,
  named: readonly string[],
): Promise<ReadonlySet<string> | null> {
  type Node = { number: string; isValid: boolean; merchant: { id: string } };
  const numbers = [...new Set(named)];
  const good = new Set<string>();
  try {
    for (let start = 0; start < numbers.length; start += PAGE) {
      const asked = { first: PAGE, numbers: numbers.slice(start, start + PAGE) };
      const { greenCertificates } = await peers.ask<{ greenCertificates: { nodes: Node[] } }>(
        'green-consumption',
        QUERY,
        asked,
        { requestId, deadline },
      );
      for (const { number, isValid, merchant } of greenCertificates.nodes) {
        if (isValid) good.add(JSON.stringify([number, merchant.id]));
      }
    }
    return good;
  } catch (error) {
    if (error instanceof PeerFailure) return null;
    throw error;
  }
}
