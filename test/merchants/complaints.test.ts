import { describe, expect, test } from 'vitest';
import type { Caller } from '../../shared/graphql/caller.ts';
import { engines } from '../support/engines.ts';
import { asMember, asMerchant, openAlliance, regulator, type World } from '../support/world.ts';
import { deed } from './standing.ts';

const COMPLAINT = 'complaint { id state words answer dueAt answeredAt }';

const file = (world: World, memberId: string, input: Record<string, unknown>) =>
  deed(
    world,
    'fileComplaint',
    `... on ComplaintFiled { ${COMPLAINT} } ... on InvalidInput { field }`,
    { words: '积分没有到账', ...input },
    { as: asMember(memberId) },
  );

const answer = (world: World, complaintId: string, as: Caller, text = '已补记') =>
  deed(
    world,
    'answerComplaint',
    `... on ComplaintAnswered { ${COMPLAINT} }`,
    { complaintId, answer: text },
    { as },
  );

const listed = async (world: World, as: Caller, filter: object = {}) =>
  (
    await world.data(
      `query ($filter: ComplaintFilter) { complaints(first: 10, filter: $filter) {
        nodes { id state member { id } merchant { id } purchase { id } } } }`,
      { filter },
      { as },
    )
  ).complaints.nodes;

async function complained(engine: Parameters<typeof openAlliance>[0]) {
  const world = await openAlliance(engine);
  const [merchantId, memberId] = [await world.merchant(), await world.member()];
  const purchaseId = await world.purchase({ merchantId, memberId });
  return { world, merchantId, memberId, purchaseId };
}

describe.each(engines)('complaints on $name', (engine) => {
  test('R15: a complaint is answered within seven days, and the member reads the answer', async () => {
    const { world, merchantId, memberId, purchaseId } = await complained(engine);
    await using _ = world;

    const { complaint } = await file(world, memberId, { merchantId, purchaseId });
    world.clock.advanceDays(6);
    const answered = await answer(world, complaint.id, asMerchant(merchantId));
    const again = await answer(world, complaint.id, asMerchant(merchantId));

    expect(complaint).toMatchObject({ state: 'OPEN', dueAt: '2026-11-29T02:00:00.000Z' });
    expect(answered.complaint).toMatchObject({ state: 'ANSWERED', answer: '已补记' });
    expect(again).toMatchObject({ __typename: 'ComplaintClosed' });
    expect(await listed(world, asMember(memberId))).toEqual([
      {
        id: complaint.id,
        state: 'ANSWERED',
        member: { id: memberId },
        merchant: { id: merchantId },
        purchase: { id: purchaseId },
      },
    ]);
  });

  test('R14, R15: what nobody answers in time stands with the regulator by itself', async () => {
    const { world, merchantId, memberId } = await complained(engine);
    await using _ = world;
    const { complaint } = await file(world, memberId, { merchantId });
    const overdue = async () =>
      (
        await world.data(
          '{ complianceReport(filter: {}) { overdueComplaints { id state } } }',
          {},
          { as: regulator },
        )
      ).complianceReport.overdueComplaints;

    world.clock.advanceDays(6);
    expect(await overdue()).toEqual([]);
    expect(await listed(world, regulator, { state: { eq: 'OVERDUE' } })).toEqual([]);
    world.clock.advanceDays(1);
    expect(await overdue()).toEqual([{ id: complaint.id, state: 'OVERDUE' }]);
    expect(await listed(world, regulator, { state: { eq: 'OVERDUE' } })).toMatchObject([
      { id: complaint.id },
    ]);

    // Late rather than never.
    expect((await answer(world, complaint.id, asMerchant(merchantId))).complaint.state).toBe(
      'ANSWERED',
    );
    expect(await overdue()).toEqual([]);
  });

  test('nobody else reads, answers, or complains of what is not hers', async () => {
    const { world, merchantId, memberId, purchaseId } = await complained(engine);
    await using _ = world;
    const [other, stranger] = [await world.merchant(), await world.member()];
    const { complaint } = await file(world, memberId, { merchantId });

    expect(await listed(world, asMember(stranger))).toEqual([]);
    expect(await listed(world, asMerchant(other))).toEqual([]);
    expect(await answer(world, complaint.id, asMerchant(other))).toMatchObject({
      code: 'COMPLAINT_NOT_FOUND',
    });
    expect(await answer(world, complaint.id, asMerchant(merchantId), ' ')).toMatchObject({
      code: 'TEXT_NOT_USABLE',
    });
    expect(await file(world, stranger, { merchantId, purchaseId })).toMatchObject({
      code: 'PURCHASE_NOT_FOUND',
    });
    expect(await file(world, memberId, { merchantId: 'none' })).toMatchObject({
      code: 'MERCHANT_NOT_FOUND',
    });
    expect(await file(world, memberId, { merchantId, ruleId: 'none' })).toMatchObject({
      code: 'RULE_VERSION_NOT_FOUND',
    });
    expect(await file(world, memberId, { merchantId, words: '' })).toMatchObject({
      code: 'TEXT_NOT_USABLE',
      field: 'words',
    });
  });
});
