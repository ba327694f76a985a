/**
 * Writes green reports of the demo as pictures (SVG), pages (HTML) and figures (JSON), in Chinese and English: of 林小雨
 * and of the scenic spot where she and ten guests charge their cars. Acts of the last four weeks are recorded on top of
 * the demo, since in public nothing is told of what fewer than ten members did. `node subgraphs/demo/green-pictures.ts FOLDER`
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert } from '../../shared/assert.ts';
import { dayOf, isoDay } from '../../shared/calendar.ts';
import { createLogger } from '../../shared/logger.ts';
import { settle } from '../../shared/workers.ts';
import { type Ask, openAlliance, operatorOf } from '../alliance.ts';
import { loadDemo } from './load.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

type Habit = Readonly<{
  behaviour: string;
  activityMilli: number;
  unit: string;
  kind: string;
  issuer: string;
  /** Each so many days. */
  each: number;
  merchant?: string;
}>;

const habits: readonly Habit[] = [
  {
    ...{ behaviour: 'METRO_TRIP', activityMilli: 1_000, unit: 'trip', kind: 'RIDE' },
    ...{ issuer: 'demo-metro', each: 2 },
  },
  {
    ...{ behaviour: 'BIKE_KM', activityMilli: 3_200, unit: 'km', kind: 'RIDE' },
    ...{ issuer: 'demo-bike', each: 3 },
  },
  {
    ...{ behaviour: 'EV_KWH', activityMilli: 18_000, unit: 'kWh', kind: 'CHARGING_SESSION' },
    ...{ issuer: 'demo-charging', each: 2, merchant: 'scenic-spot' },
  },
  {
    ...{ behaviour: 'OWN_CUP', activityMilli: 1_000, unit: 'cup', kind: 'ORDER' },
    ...{ issuer: 'demo-tea', each: 2, merchant: 'scenic-spot' },
  },
];

const REPORT = `carbonGrams entries range { low high gramsWithoutRange } behaviours { code name grams }
  months { month carbonGrams } equivalents { name units unit } statement code chart page`;

const GUESTS = 10;
/** What guests do: whatever members can do at the scenic spot. */
const atTheSpot = habits.filter(({ merchant }) => merchant !== undefined);

type Ids = Readonly<{ memberId: string; merchants: Readonly<Record<string, string>> }>;

async function guest(ask: Ask, number: number): Promise<string> {
  const { registerMember } = await ask(
    `mutation ($input: RegisterMemberInput!) { registerMember(input: $input) {
      ... on MemberRegistered { member { id } } ... on Refusal { message } } }`,
    {
      input: {
        ...{ idempotencyKey: `picture:guest:${number}`, displayName: `客人 ${number + 1}` },
        ...{ phone: `+86199000010${String(number).padStart(2, '0')}`, policyVersion: '2026-01' },
      },
    },
  );
  assert(registerMember.member, `registered, not ${JSON.stringify(registerMember)}`);
  return registerMember.member.id;
}

/** Ends when one is refused: a picture of less than was meant would be told as if it were whole. */
async function act(ask: Ask, done: readonly Habit[], { memberId, merchants }: Ids): Promise<void> {
  const now = Date.now();
  for (const { each, merchant, kind, issuer, ...what } of done) {
    for (let day = 1; day <= 28; day += each) {
      const number = `${what.behaviour}-${memberId}-${day}`;
      const { recordGreenAct } = await ask(
        `mutation ($input: RecordGreenActInput!) { recordGreenAct(input: $input) { __typename
          ... on Refusal { message } } }`,
        {
          input: {
            ...what,
            ...{ idempotencyKey: `picture:${number}`, memberId },
            occurredAt: new Date(now - day * DAY_MS).toISOString(),
            region: '310000',
            evidence: { kind, issuer, number },
            merchantId: merchant === undefined ? null : merchants[merchant],
          },
        },
      );
      assert(
        recordGreenAct.__typename === 'GreenActRecorded',
        `recorded, not ${JSON.stringify(recordGreenAct)}`,
      );
    }
  }
}

async function write(to: string): Promise<void> {
  const ask = alliance.askAs(operatorOf('demo'));
  const { members, merchants } = await loadDemo(ask, alliance.askAs(operatorOf('demo-second')));
  const { lin } = members;
  assert(lin !== undefined, 'the demo has 林小雨');
  await act(ask, habits, { memberId: lin, merchants });
  for (let number = 0; number < GUESTS; number += 1) {
    await act(ask, atTheSpot, { memberId: await guest(ask, number), merchants });
  }
  await settle(alliance.workers);
  mkdirSync(to, { recursive: true });
  const today = isoDay(dayOf(new Date()));
  for (const locale of ['zh-CN', 'en'] as const) {
    const asIn = alliance.askAs(operatorOf('demo'), locale);
    const { member, merchant } = await asIn(
      `query ($lin: ID!, $spot: ID!, $from: LocalDate!, $until: LocalDate!) {
        member(id: $lin) { report: greenReport(from: $from, until: $until) { ${REPORT} } }
        merchant(id: $spot) { report: greenImpact(from: $from, until: $until) { ${REPORT} } } }`,
      { lin, spot: merchants['scenic-spot'], from: `${today.slice(0, 4)}-01-01`, until: today },
    );
    for (const [name, { report }] of Object.entries({ member, merchant })) {
      const { chart, page, ...figures } = report;
      writeFileSync(join(to, `${name}.${locale}.svg`), chart);
      writeFileSync(join(to, `${name}.${locale}.html`), page);
      writeFileSync(join(to, `${name}.${locale}.json`), `${JSON.stringify(figures, null, 2)}\n`);
    }
  }
}

const folder = mkdtempSync(join(tmpdir(), 'tongdui-demo-'));
const alliance = await openAlliance({
  databaseUrl: `sqlite:${folder}`,
  keys: { cursor: 'demo'.repeat(8), personal: 'demo'.repeat(8) },
  logger: createLogger('warn'),
});
try {
  await write(process.argv[2] ?? 'green-pictures');
} finally {
  await alliance.close();
  rmSync(folder, { recursive: true, force: true });
}
