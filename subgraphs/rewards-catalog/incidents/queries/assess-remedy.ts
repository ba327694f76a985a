import { type EntityManager, In } from 'typeorm';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { fraction, multiplyHalfUp, QuantityOverflow } from '../../../../shared/quantities.ts';
import { RewardTerms } from '../../aftersales/entities/reward-terms.ts';
import { Reward, type RewardRow } from '../../entities/reward.ts';
import type { Remedy } from '../domain/remedy.ts';
import type { IncidentRow } from '../entities/incident.ts';
import type { IssuerFacts } from './issuer-facts.ts';
import { readLapsed, readReach } from './reach.ts';

type Money = Readonly<{ amountMinor: number; currency: string }>;

/** What a remedy costs, and whom. */
export type RemedyCost = Readonly<{
  merchantId: string;
  points: number;
  unit: string | null;
  /** BONUS: what the points cost it at most. */
  owes: Money | null;
  pieces: number;
  /** SUBSTITUTE: what the pieces would have cost in money. */
  worth: Money | null;
}>;

/** What a remedy would do now. */
export type RemedyPreview = Readonly<{
  kind: 'RemedyPreview';
  members: number;
  redemptions: number;
  vouchers: number;
  /** EXTEND: points of the merchant that lapsed in the window. */
  lapsedPoints: number;
  costs: readonly RemedyCost[];
}>;

export type NoRemedy = InvalidInput | NotFound | Refused<'RemedyNotPossible'> | Refused<'SoldOut'>;

const notPossible = (
  code: string,
  parameters: Readonly<Record<string, string | number>> = {},
): Refused<'RemedyNotPossible'> => refused('RemedyNotPossible', code, parameters);

/**
 * Whom a remedy reaches, what it costs and who bears it, or why it cannot be given. `facts`: what was asked before
 * for a bonus.
 */
export async function assessRemedy(
  manager: EntityManager,
  incident: IncidentRow,
  remedy: Remedy,
  facts: IssuerFacts | null,
): Promise<RemedyPreview | NoRemedy> {
  if (incident.members === 0) return notPossible('NOBODY_AFFECTED');
  try {
    if (remedy.kind === 'BONUS') return assessBonus(incident, remedy, facts);
    return await assessVouchers(manager, incident, remedy);
  } catch (error) {
    if (error instanceof QuantityOverflow) return notPossible('REMEDY_TOO_LARGE');
    throw error;
  }
}

const NOTHING = { points: 0, unit: null, owes: null, pieces: 0, worth: null };

function previewOf(
  { merchantId, members, redemptions }: IncidentRow,
  { vouchers, lapsedPoints = 0 }: Readonly<{ vouchers: number; lapsedPoints?: number }>,
  cost: Partial<RemedyCost>,
): RemedyPreview {
  const costs = [{ ...NOTHING, merchantId, ...cost }];
  return { kind: 'RemedyPreview', members, redemptions, vouchers, lapsedPoints, costs };
}

async function assessVouchers(
  manager: EntityManager,
  incident: IncidentRow,
  remedy: Exclude<Remedy, { kind: 'BONUS' }>,
): Promise<RemedyPreview | NoRemedy> {
  const { vouchers, pieces } = await readReach(manager, incident.id);
  const lapsedPoints = remedy.kind === 'EXTEND' ? await readLapsed(manager, incident.id) : 0;
  if (vouchers + lapsedPoints === 0) return notPossible('NO_VOUCHER_TO_MEND');
  if (remedy.kind === 'EXTEND') return previewOf(incident, { vouchers, lapsedPoints }, {});
  const substitute = await substituteFor(manager, incident, remedy.rewardId);
  if ('code' in substitute) return substitute;
  const { stock, cashMinor, cashCurrency: currency } = substitute;
  if (stock !== null && stock < pieces) {
    return refused('SoldOut', 'SUBSTITUTE_SOLD_OUT', { pieces });
  }
  const worth = { amountMinor: multiplyHalfUp(pieces, fraction(cashMinor, 1)), currency };
  return previewOf(incident, { vouchers }, { pieces, worth });
}

/** The merchant bears it, at the price of its contract. */
function assessBonus(
  incident: IncidentRow,
  { points: each, unit }: Extract<Remedy, { kind: 'BONUS' }>,
  facts: IssuerFacts | null,
): RemedyPreview | NoRemedy {
  if (facts?.price == null || !facts.isIssuing) return notPossible('MERCHANT_NOT_ISSUING');
  const { price, units, coverLeft } = facts;
  if (unit !== 'ALLIANCE' && !units.includes(unit)) {
    return invalidInput('UNIT_NOT_OWN', 'remedy.unit');
  }
  const points = multiplyHalfUp(incident.members, fraction(each, 1));
  if (coverLeft !== null && points > coverLeft) {
    return notPossible('REMEDY_ABOVE_COVER', { points, coverLeft });
  }
  const amountMinor = multiplyHalfUp(points, fraction(price.minor, price.points));
  const owes = { amountMinor, currency: price.currency };
  return previewOf(incident, { vouchers: 0 }, { points, unit, owes });
}

/** What needs nothing but a voucher: no slot, no order, no station, no charity. */
const KINDS: readonly RewardRow['kind'][] = ['PRODUCT', 'VOUCHER'];

/** The reward instead, of the same merchant and of at least the same cash price, or why it is none. */
async function substituteFor(
  manager: EntityManager,
  { merchantId, rewardIds }: IncidentRow,
  id: string,
): Promise<RewardRow | NoRemedy> {
  const found = await manager.findBy(Reward, { id: In([...rewardIds, id]) });
  const substitute = found.find((reward) => reward.id === id);
  if (substitute === undefined) return notFound('REWARD_NOT_FOUND');
  if (substitute.merchantId !== merchantId) {
    return invalidInput('REWARD_OF_OTHER_MERCHANT', 'remedy.rewardId', { rewardId: id });
  }
  if (rewardIds.includes(id)) return notPossible('SUBSTITUTE_AFFECTED');
  if (substitute.status !== 'PUBLISHED') return notPossible('SUBSTITUTE_DELISTED');
  // What was given to a charity is owed to it, whatever else the member is given.
  if (found.some(({ kind }) => kind === 'DONATION')) return notPossible('SUBSTITUTE_OF_DONATION');
  const terms = await manager.findOneBy(RewardTerms, { rewardId: id });
  const isAtOnce = terms?.fulfilHours == null && substitute.duringOrder === null;
  if (!KINDS.includes(substitute.kind) || !isAtOnce) return notPossible('SUBSTITUTE_NOT_AT_ONCE');
  const { cashMinor, cashCurrency } = substitute;
  const dearer = found.find(
    (reward) => reward.cashCurrency !== cashCurrency || reward.cashMinor > cashMinor,
  );
  return dearer === undefined
    ? substitute
    : notPossible('SUBSTITUTE_WORTH_LESS', {
        minor: cashMinor,
        currency: cashCurrency,
        leastMinor: dearer.cashMinor,
        leastCurrency: dearer.cashCurrency,
      });
}
