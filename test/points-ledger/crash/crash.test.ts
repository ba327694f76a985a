import { describe, test } from 'vitest';
import { engines } from '../../support/engines.ts';
import { runCrashes } from './crash-run.ts';

/** `npm run test:crash` is the long run: 30,000 commands and a hundred kills. */
const SHORT = { racers: 2, commands: 200, kills: 2, databaseKills: 1, pauseMs: [50, 150] } as const;

describe.each(engines)('on $name', { timeout: 240_000, concurrent: true }, ({ name }) => {
  test('D3: processes and a database that are killed lose nothing they told, and contradict nobody', async ({
    expect,
  }) => {
    const seed = Number(process.env.FAST_CHECK_SEED ?? 1);
    const engine = name === 'SQLite' ? 'sqlite' : 'mariadb';

    const result = await runCrashes({ engine, seed, ...SHORT });

    const { lost, contradictory, problems, kills, databaseKills } = result;
    expect({ lost, contradictory, problems }).toEqual({
      lost: [],
      contradictory: [],
      problems: [],
    });
    expect(kills).toBeGreaterThanOrEqual(SHORT.kills);
    expect(databaseKills).toBe(engine === 'mariadb' ? SHORT.databaseKills : 0);
    // Both answers were given, or little was shown.
    expect(Math.min(result.accepted, result.refused)).toBeGreaterThan(SHORT.commands / 10);
  });
});
