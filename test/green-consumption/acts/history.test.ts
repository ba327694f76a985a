import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  behaviourOf,
  behaviours,
} from '../../../subgraphs/green-consumption/acts/domain/behaviours.ts';
import {
  countedOf,
  UNUSED,
  type Use,
} from '../../../subgraphs/green-consumption/acts/domain/caps.ts';
import { claimOf } from '../../../subgraphs/green-consumption/acts/domain/claim.ts';
import { holdsTrack } from '../../../subgraphs/green-consumption/acts/domain/tracks.ts';
import { type Factor, factorOn } from '../../../subgraphs/green-consumption/domain/factors.ts';
import { savedGrams } from '../../../subgraphs/green-consumption/domain/saving.ts';
import { readFactors } from '../../../subgraphs/green-consumption/factors/queries/read-factors.ts';
import type { Alone } from '../../support/alone.ts';
import { engines } from '../../support/engines.ts';
import { gramsOf } from '../green-world.ts';
import { openGreen, record, revoke } from './acts-world.ts';

const RUNS = 3;
const REASONS = ['RECORDED_WRONGLY', 'EVIDENCE_WITHDRAWN', 'FRAUD'] as const;

type Step = Readonly<{
  member: number;
  behaviour: string;
  /** Of what one act can come to, in hundredths. */
  share: number;
  day: number;
  /** Revokes the act that stands at this place among those recorded so far, when there is one. */
  revokes: { index: number; reason: (typeof REASONS)[number] } | null;
}>;

const step: fc.Arbitrary<Step> = fc.record({
  member: fc.nat(1),
  behaviour: fc.constantFrom(...behaviours.map(({ code }) => code)),
  share: fc.integer({ min: 1, max: 100 }),
  day: fc.integer({ min: 18, max: 21 }),
  revokes: fc.option(fc.record({ index: fc.nat(20), reason: fc.constantFrom(...REASONS) }), {
    freq: 3,
  }),
});

const activityOf = ({ behaviour, share }: Step): number => {
  const found = behaviourOf(behaviour);
  const milli = Math.ceil(((found?.mostPerActMilli ?? 0) * share) / 100);
  return found?.isWhole ? Math.max(1, Math.floor(milli / 1_000)) * 1_000 : milli;
};

type Act = Readonly<{
  id: string;
  member: string;
  behaviour: string;
  basis: string;
  countedMilli: number;
  grams: number;
}>;

describe.each(engines)('random histories of acts on $name', (engine) => {
  let alone: Alone;
  let factors: readonly Factor[];
  const factorOf = (behaviour: string) => factorOn(behaviour, 20261121, factors, '310000');
  beforeAll(async () => {
    alone = await openGreen(engine);
    factors = await readFactors(alone.database.reader);
  });
  afterAll(async () => {
    await alone[Symbol.asyncDispose]();
  });

  test('an account is what stands of the activities, each by its factor; caps hold', async () => {
    let history = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 25 }), async (steps) => {
        history += 1;
        const acts: Act[] = [];
        const revoked = new Set<string>();
        for (const one of steps) {
          const member = `history-${history}-${one.member}`;
          const unit = factorOf(one.behaviour)?.unit ?? 'none';
          const { act } = await record(alone, {
            memberId: member,
            behaviour: one.behaviour,
            activityMilli: activityOf(one),
            unit,
            occurredAt: `2026-11-${one.day}T04:00:00Z`,
            evidence: { kind: behaviourOf(one.behaviour)?.evidence },
          });
          if (act) acts.push({ ...act, member });
          const old = one.revokes && acts[one.revokes.index];
          if (old) {
            await revoke(alone, old.id, { reason: one.revokes?.reason });
            revoked.add(old.id);
          }
        }

        for (const member of [0, 1].map((index) => `history-${history}-${index}`)) {
          const standing = acts.filter(
            (act) => act.member === member && !revoked.has(act.id) && act.basis === 'CO2E',
          );
          const total = standing.map(({ behaviour, countedMilli }) => {
            const factor = factorOf(behaviour);
            return factor === null
              ? Number.NaN
              : savedGrams(factor, { activityMilli: countedMilli, pieces: 1 });
          });
          expect(await gramsOf(alone, member)).toBe(total.reduce((a, b) => a + b, 0));
        }
        // Each entry can be computed again from what it names; a correction is the exact opposite of one.
        const entries = await alone.database.reader.query<Record<string, number | string>[]>(
          `SELECT origin, SUM(grams) AS grams, COUNT(*) AS n FROM green_carbon_entry
           WHERE member_id LIKE 'history-${history}-%' GROUP BY origin`,
        );
        for (const { origin, grams, n } of entries) {
          const act = acts.find(({ id }) => `act:${id}` === origin);
          const isRevoked = revoked.has(String(act?.id));
          expect([Number(grams), Number(n)]).toEqual([
            isRevoked ? 0 : act?.grams,
            isRevoked ? 2 : 1,
          ]);
        }
        expect(entries).toHaveLength(acts.length);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('the rules of acts, purely', () => {
  test('what counts never goes beyond a cap, however it is cut into acts', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...behaviours),
        fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 40 }),
        (behaviour, parts) => {
          let use: Use = UNUSED;
          for (const part of parts) {
            const activity = behaviour.isWhole ? Math.ceil(part / 100) * 1_000 : part * 50;
            const { milli, cap } = countedOf(behaviour, activity, () => use);
            expect(milli).toBeLessThanOrEqual(activity);
            expect(cap === null).toBe(milli === activity);
            if (behaviour.isWhole) expect(milli % 1_000).toBe(0);
            if (milli === 0) continue;
            use = {
              acts: use.acts + 1,
              claimedMilli: use.claimedMilli + activity,
              countedMilli: use.countedMilli + milli,
            };
          }
          for (const { measure, most } of behaviour.caps) {
            expect(measure === 'ACTS' ? use.acts : use.countedMilli).toBeLessThanOrEqual(most);
          }
        },
      ),
    );
  });

  test('R20: coordinates are found however they are written, and numbers of evidence are not taken for them', () => {
    const latitude = fc.double({ min: -90, max: 90, noNaN: true });
    const longitude = fc.double({ min: -180, max: 180, noNaN: true });
    const degrees = (value: number): number => Math.abs(Math.trunc(value));
    const writings: ((lat: number, lon: number, digits: number) => string)[] = [
      (lat, lon, digits) => `${lat.toFixed(digits)},${lon.toFixed(digits)}`,
      (lat, lon, digits) => `${lon.toFixed(digits)} ${lat.toFixed(digits)}`,
      (lat, lon, digits) => `POINT(${lon.toFixed(digits)} ${lat.toFixed(digits)})`,
      (lat, lon, digits) => `geo:${lat.toFixed(digits)},${lon.toFixed(digits)}`,
      (lat, lon) => `lat=${lat.toFixed(1)}&lon=${lon.toFixed(1)}`,
      (lat, lon) => `${degrees(lat)}°${degrees(lon) % 60}'12"N`,
      (lat, _, digits) => `ride 17 at ${lat.toFixed(digits + 2)}`,
      (lat, lon, digits) => `${lat.toFixed(digits)}-${lon.toFixed(digits)}`,
      (lat, lon, digits) => `${lat.toFixed(digits)} to ${lon.toFixed(digits)}`,
      (lat, lon, digits) => `x${lat.toFixed(digits)}y${lon.toFixed(digits)}`,
      (lat, lon) => `北纬${lat.toFixed(2)}东经${lon.toFixed(2)}`,
      (lat, lon) => `lat_${lat.toFixed(1)}_lon_${lon.toFixed(1)}`,
      (lat, lon) => `N${degrees(lat)}d13m49 E${degrees(lon)}d28m`,
      (lat, lon) => `${degrees(lat)} 13 49 N ${degrees(lon)} 28 25 E`,
      (lat, lon) => `${degrees(lat)}:13:49/${degrees(lon)}:28:25`,
      (lat, lon) => `${degrees(lat)}_23,${degrees(lon)}_47`,
      (lat, lon) => `${lat.toFixed(2)},${lon.toFixed(2)}`.replaceAll('.', '·'),
      (lat, lon, digits) =>
        `${lat.toFixed(digits)},${lon.toFixed(digits)}`.replaceAll(/\d/g, (digit) =>
          String.fromCodePoint(0x660 + Number(digit)),
        ),
      () => '_p~iF~ps|U_ulLnnqC',
    ];
    const wide = (text: string) =>
      text.replaceAll(/[!-~]/g, (sign) =>
        String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0),
      );
    fc.assert(
      fc.property(
        latitude,
        longitude,
        fc.integer({ min: 2, max: 8 }),
        fc.constantFrom(...writings),
        (lat, lon, digits, write) => {
          const text = write(lat, lon, digits);
          expect(holdsTrack(text)).toBe(true);
          expect(holdsTrack(wide(text))).toBe(true);
          expect(holdsTrack(`N-1;${text};x`)).toBe(true);
        },
      ),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9][A-Za-z0-9_:#-]{0,30}$/), (number) => {
        expect(holdsTrack(number)).toBe(false);
      }),
    );
  });

  test('claims are the same for the same deed alone', () => {
    const text = fc.string({ minLength: 1, maxLength: 12 });
    const deed = fc.record({ issuer: text, number: text });
    fc.assert(
      fc.property(fc.constantFrom(...behaviours), deed, deed, (behaviour, a, b) => {
        const plain = (one: string) => one.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
        const name = (evidence: { issuer: string; number: string }) =>
          claimOf(behaviour, { memberId: 'ann', day: 20261121, evidence });
        if (behaviour.evidence !== 'RIDE' && behaviour.evidence !== 'RECEIPT') return;
        const isSame = plain(a.issuer) === plain(b.issuer) && plain(a.number) === plain(b.number);
        expect(name(a) === name(b)).toBe(isSame);
      }),
    );
  });
});
