import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '../../shared/graphql/caller.ts';
import { demoIdentities } from '../../subgraphs/demo/identities.ts';
import { type DemoIds, loadDemo } from '../../subgraphs/demo/load.ts';
import { demoVariables } from '../../subgraphs/demo/variables.ts';
import { secondOperator } from '../merchants/rules/life-cycle.ts';
import { engines } from '../support/engines.ts';
import { asMember, asMerchant, openAlliance, type World } from '../support/world.ts';
import { asTold, storyIn } from './readme-story.ts';

const folder = join(import.meta.dirname, '../../gateway/pages/operations');
const operations = readdirSync(folder)
  // ⑨ asks a merchant's own subgraph, which is not here.
  .filter((file) => !file.startsWith('9-'))
  .toSorted((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10))
  .map((file) => ({
    name: file.slice(0, -'.graphql'.length),
    query: readFileSync(join(folder, file), 'utf8'),
  }));

describe.each(engines)('the saved operations of the explorer on $name', (engine) => {
  let world: World;
  let ids: DemoIds;
  beforeAll(async () => {
    world = await openAlliance(engine);
    ids = await loadDemo(
      (query, variables) => world.data(query, variables),
      (query, variables) => world.data(query, variables, { as: secondOperator }),
    );
    await world.settle();
  });
  afterAll(async () => world[Symbol.asyncDispose]());

  /** Sends one as the explorer does: as the first person who has the role that it names. */
  async function send(name: string) {
    const operation = operations.find((each) => each.name === name);
    if (operation === undefined) throw new Error(`no saved operation ${name}`);
    const [, role = 'MEMBER'] = /^# As: (\w+)/m.exec(operation.query) ?? [];
    const identity = demoIdentities(ids).find(({ caller }) =>
      (caller.roles as readonly string[]).includes(role),
    );
    if (identity === undefined) throw new Error(`nobody is ${role}`);
    const variables = demoVariables(ids, world.clock.now())[name] ?? {};
    const as: Caller = identity.caller;
    return world.ask(operation.query, JSON.parse(JSON.stringify(variables)), { as });
  }

  test('the story of a reward in the README goes as it is told there, in both languages', async () => {
    const story = storyIn('README.md', 'A reward, from the price to the return');
    const member = ids.members.lin ?? '';
    const shop = ids.merchants.clothing ?? '';
    const known: Record<string, string> = {
      ...{ member, shop, reward: ids.rewards['dress-50'] ?? '', rice: ids.rewards.rice ?? '' },
    };
    const told = [];
    const seen = [];
    for (const { name, query, answer } of story) {
      const as = /\$shop/.test(query) ? asMerchant(shop) : asMember(member);
      const { data, errors } = await world.ask(query, { ...known, key: `story-${name}` }, { as });
      expect(errors, name).toBeUndefined();
      known.token ??= data.quoteRedemption?.token;
      known.code ??= data.redeem?.redemption.voucher?.code;
      known.redemption = data.redeem?.redemption.id ?? known.redemption;
      told.push({ [name]: answer });
      seen.push({ [name]: asTold(JSON.parse(JSON.stringify(data)), answer) });
    }

    expect(seen).toEqual(told);
    expect(storyIn('README.zh-CN.md', '一份权益：从试算到退还')).toEqual(story);
  });

  test.each(operations.map(({ name }) => name))('%s answers without an error', async (name) => {
    expect((await send(name)).errors).toBeUndefined();
  });

  test('⑥ says why there are no dividends, by which law, and what would be lawful', async () => {
    const { data } = await send('6-dividend');

    const { isLawful, findings } = data.checkAccrualRule;
    const blocking = findings.filter(({ severity }: { severity: string }) => severity === 'BLOCKS');
    expect(isLawful).toBe(false);
    expect(blocking.map(({ check }: { check: string }) => check)).toContain('PROHIBITED_BENEFIT');
    const benefit = blocking.find(({ check }: { check: string }) => check === 'PROHIBITED_BENEFIT');
    expect(benefit.source).toMatch(/article \d/);
    expect(benefit.alternative).toMatch(/appreciation/i);
  });

  test('⑪ shows what the clothes shop tells of, with the rule in the words for members', async () => {
    const { data } = await send('11-promotions');

    expect(data.promotions).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          title: 'Double points on dresses',
          state: 'OPEN',
          until: '2027-11-23T02:00:00.000Z',
          merchant: { name: 'Suyu Clothing' },
          rule: { title: 'Double points on dresses' },
        },
      ],
    });
    expect(data.promotions.nodes[0].rule.disclosure.summary).toContain(
      'Only goods of these categories count: dresses.',
    );
  });

  test('⑫ shows what 林小雨 saved, by which sources, with a code that anybody can check', async () => {
    const { data } = await send('12-green-report');

    const { carbonGrams, range, behaviours, code } = data.me.greenReport;
    const sum = behaviours.reduce((all: number, { grams }: { grams: number }) => all + grams, 0);
    expect(carbonGrams).toBe(sum);
    expect(carbonGrams).toBeGreaterThan(0);
    expect(range.low).toBeLessThanOrEqual(carbonGrams);
    for (const { factors } of behaviours) expect(factors[0].source).not.toBe('');
    const { verifyGreenReport } = await world.data(
      'query ($code: String!) { verifyGreenReport(code: $code) { carbonGrams } }',
      { code },
    );
    expect(verifyGreenReport).toEqual({ carbonGrams });
  });

  test('⑦ shows where the points of an order are, all of them', async () => {
    const { data } = await send('7-trace');

    const { strands } = data.trace;
    expect(strands.length).toBeGreaterThan(0);
    for (const { steps, points } of strands) {
      expect(points).toBeGreaterThan(0);
      expect(steps[0].entry.ruleVersion).toMatch(/@v1$/);
    }
  });
});
