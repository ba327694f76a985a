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

/** Rewards are asked about by so many at once. */
const PAGE = 100;

const QUERY = `query ($r: [_Any!]!) {
  _entities(representations: $r) { ... on Reward { green { label } } } }`;

/**
 * Warns when too few rewards of the green section are green by a certificate that covers them today, as everybody is told of
 * them. Nothing to say of a reward outside of it. Null: green-consumption does not answer, so nobody knows.
 */
export async function greenSectionWarnings(
  context: Context,
  category: string | null,
): Promise<RewardWarning[] | null> {
  if (category !== GREEN_SECTION) return [];
  const section = await context.database.reader.find(Reward, {
    select: { id: true, merchantId: true },
    where: { category: GREEN_SECTION, status: 'PUBLISHED' },
  });
  const green = await countGreen(context, section);
  if (green === null) return null;
  if (green * 100 >= section.length * GREEN_SHARE_MIN_PERCENT) return [];
  const parameters = { green, all: section.length, least: GREEN_SHARE_MIN_PERCENT };
  return [warning('GREEN_SHARE_LOW', context.locale, parameters)];
}

const warning = (code: string, locale: Locale, parameters: Record<string, number>) => ({
  code,
  message: word(offerWording, code, locale, parameters),
});

/** How many of them are green today, or null when nobody knows. */
async function countGreen(
  { peers, requestId, deadline }: Context,
  section: readonly Readonly<{ id: string; merchantId: string }>[],
): Promise<number | null> {
  let count = 0;
  try {
    for (let start = 0; start < section.length; start += PAGE) {
      const r = section.slice(start, start + PAGE).map(({ id, merchantId }) => ({
        ...{ __typename: 'Reward', id, merchant: { __typename: 'Merchant', id: merchantId } },
      }));
      const { _entities } = await peers.ask<{ _entities: ({ green: object | null } | null)[] }>(
        'green-consumption',
        QUERY,
        { r },
        { requestId, deadline },
      );
      count += _entities.filter((reward) => reward?.green != null).length;
    }
    return count;
  } catch (error) {
    if (error instanceof PeerFailure) return null;
    throw error;
  }
}
