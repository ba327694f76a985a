import { randomInt } from 'node:crypto';
import { assert } from '../../../../shared/assert.ts';
import { addDays, dayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { makeVoucherCode } from '../../domain/voucher-code.ts';
import type { Standing } from '../../queries/standing.ts';
import type { TakeFirstOrderVoucherInput } from '../../schema.generated.ts';
import type { VoucherSeal } from '../../voucher-seal.ts';
import {
  FirstOrderOffer,
  FirstOrderVoucher,
  type FirstOrderVoucherRow,
} from '../entities/first-order.ts';
import type { FirstOrder } from '../queries/first-order.ts';

export type FirstOrderVoucherTaken = Readonly<{
  kind: 'FirstOrderVoucherTaken';
  voucherId: string;
}>;

type Outcome =
  | FirstOrderVoucherTaken
  | NotFound
  | Refused<'RewardNotAvailable'>
  | Refused<'NotEligible'>;

/** What other subgraphs said just before. */
export type TakingFacts = Readonly<{
  merchant: Standing;
  isInvited: boolean;
  firstOrder: FirstOrder | null;
}>;

/** Gives somebody who was invited the discount of one merchant on her first order: one in her life (S46). */
export const takeFirstOrderVoucher = (seal: VoucherSeal, facts: TakingFacts) =>
  // The frame scopes keys by the name of the function.
  async function takeFirstOrderVoucher(
    work: Work,
    { memberId, offerId }: TakeFirstOrderVoucherInput,
  ): Promise<Outcome> {
    const { manager, at, newId } = work;
    const offer = await manager.findOneBy(FirstOrderOffer, { id: offerId });
    if (offer?.id !== offerId) return notFound('FIRST_ORDER_OFFER_NOT_FOUND');
    const earlier = await manager.findOneBy(FirstOrderVoucher, { memberId });
    if (earlier !== null) return answerOf(earlier, offerId);
    if (offer.endedAt !== null) return refused('RewardNotAvailable', 'FIRST_ORDER_OFFER_ENDED');
    if (facts.merchant !== 'ACTIVE') return refused('RewardNotAvailable', 'MERCHANT_SUSPENDED');
    if (!facts.isInvited) return refused('NotEligible', 'NOT_INVITED');
    if (facts.firstOrder !== null) return refused('NotEligible', 'FIRST_ORDER_MADE');

    // From here on the command must succeed, unless she takes another one at the same moment.
    const code = makeVoucherCode((below) => randomInt(below));
    const validUntil = addDays(dayOf(at), offer.validDays);
    await insertRows(
      manager,
      'rewards_first_order_voucher',
      ['member_id', 'id', 'offer_id', 'code_hash', 'code_sealed', 'given_ms', 'valid_until'],
      [[memberId, newId(), offerId, seal.hash(code), seal.seal(code), at.getTime(), validUntil]],
      { ending: work.dialect.onDuplicateKeep(['member_id']) },
    );
    return answerOf(await takenBy(work, memberId), offerId);
  };

type Taken = Pick<FirstOrderVoucherRow, 'id' | 'offerId'>;

/** The one that she has, if it is of this offer: she takes no other one. */
const answerOf = ({ id, offerId }: Taken, asked: string): Outcome =>
  offerId === asked
    ? { kind: 'FirstOrderVoucherTaken', voucherId: id }
    : refused('NotEligible', 'FIRST_ORDER_VOUCHER_TAKEN');

/** A locking read sees what another request has committed meanwhile. */
async function takenBy({ manager, dialect }: Work, memberId: string): Promise<Taken> {
  const [taken] = await manager.query<Taken[]>(
    `SELECT id, offer_id AS offerId FROM rewards_first_order_voucher
     WHERE member_id = ? ${dialect.forUpdate}`,
    [memberId],
  );
  assert(taken !== undefined, 'she has one by now');
  return taken;
}
