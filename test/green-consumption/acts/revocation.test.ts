import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceCaller } from '../../../shared/graphql/caller.ts';
import type { Alone } from '../../support/alone.ts';
import { engines } from '../../support/engines.ts';
import { gramsOf } from '../green-world.ts';
import { feedOf, freshNumber, openGreen, record, revoke } from './acts-world.ts';

const service = serviceCaller('merchants');

// One world for all: each test has members and evidence of its own.
describe.each(engines)('green acts that are revoked on $name', (engine) => {
  let alone: Alone;
  beforeAll(async () => {
    alone = await openGreen(engine);
  });
  afterAll(async () => {
    await alone[Symbol.asyncDispose]();
  });

  test('a revocation takes exactly the grams, once; caps and claim are free when it was a mistake', async () => {
    const number = freshNumber();
    const day = { occurredAt: '2026-11-20T02:00:00Z', memberId: 'finn' };
    const { act } = await record(alone, { ...day, evidence: { number } });
    for (let index = 0; index < 4; index += 1) await record(alone, day);

    const full = await record(alone, day);
    const revoked = await Promise.all([revoke(alone, act.id), revoke(alone, act.id)]);
    const again = await revoke(alone, act.id, { reason: 'FRAUD' });
    const anew = await record(alone, { ...day, evidence: { number } });

    expect(full.__typename).toBe('ActCapReached');
    for (const one of [...revoked, again]) {
      expect(one.act).toMatchObject({ grams: 515, revocationReason: 'RECORDED_WRONGLY' });
    }
    expect(anew.act.grams).toBe(515);
    expect(await gramsOf(alone, 'finn')).toBe(5 * 515);
    const events = (await feedOf(alone, service)).filter(
      (one: { actId: string }) => one.actId === act.id,
    );
    expect(events.map(({ kind }: { kind: string }) => kind)).toEqual([
      'act.recorded',
      'act.revoked',
    ]);
  });

  test('when who vouched for it does so no longer, the evidence is spent and the room is free', async () => {
    const number = freshNumber();
    const { act } = await record(alone, { memberId: 'wim', evidence: { number } });
    for (let index = 0; index < 4; index += 1) await record(alone, { memberId: 'wim' });

    await revoke(alone, act.id, { reason: 'EVIDENCE_WITHDRAWN' });
    const same = await record(alone, { memberId: 'wim2', evidence: { number } });
    const more = await record(alone, { memberId: 'wim' });

    expect([same.__typename, more.__typename]).toEqual(['ActClaimed', 'GreenActRecorded']);
    expect(await gramsOf(alone, 'wim')).toBe(5 * 515);
  });

  test('after fraud neither the evidence nor the room under the caps comes back', async () => {
    const number = freshNumber();
    const { act } = await record(alone, { memberId: 'gus', evidence: { number } });
    for (let index = 0; index < 4; index += 1) await record(alone, { memberId: 'gus' });

    await revoke(alone, act.id, { reason: 'FRAUD' });
    const same = await record(alone, { memberId: 'gus2', evidence: { number } });
    const more = await record(alone, { memberId: 'gus' });

    expect([same.__typename, more.__typename]).toEqual(['ActClaimed', 'ActCapReached']);
    expect(await gramsOf(alone, 'gus')).toBe(4 * 515);
  });

  test('a revocation needs the hash of its document, and an act that is there', async () => {
    const { act } = await record(alone, { memberId: 'hana' });

    expect(await revoke(alone, act.id, { evidenceHash: 'scan.pdf' })).toMatchObject({
      code: 'HASH_NOT_USABLE',
    });
    expect(await revoke(alone, 'nowhere')).toMatchObject({ code: 'ACT_NOT_FOUND' });
    expect(await gramsOf(alone, 'hana')).toBe(515);
  });
});
