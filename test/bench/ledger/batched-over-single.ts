import { createLedger } from '../../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { commands, type Figures, fund, measure, median, openRig, WALLETS } from './rig.ts';

/** How many callers wait for an answer at the same time. */
const CALLERS = 1_000;

const kinds = ['accrue', 'burn', 'burnOfThree'] as const;

/**
 * How many commands a second the ledger posts batched, and with the same code at one command per
 * transaction. The two take turns, so that both see the machine in the same moods.
 */
export async function batchedOverSingle(
  url: (name: string) => string,
  { total, rounds }: Readonly<{ total: number; rounds: number }>,
) {
  const modes = [
    { name: 'one transaction per command', batchMax: 1, count: Math.ceil(total / 20) },
    { name: 'batched (up to 500)', batchMax: 500, count: total },
  ];
  const rigs = [];
  for (const mode of modes) {
    const rig = await openRig(url(`bench_${mode.batchMax}`));
    await fund(rig, [commands.accrue, commands.accrueEven], WALLETS * 3);
    const ledger = createLedger(rig.frame, { batchMax: mode.batchMax });
    const figures: Record<(typeof kinds)[number], Figures[]> = {
      ...{ accrue: [], burn: [], burnOfThree: [] },
    };
    rigs.push({ mode, rig, ledger, figures });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { mode, ledger, figures } of rigs) {
      for (const kind of kinds) {
        const load = { make: commands[kind], commands: mode.count, callers: CALLERS };
        figures[kind].push(await measure(ledger, load));
      }
    }
  }
  console.table(
    rigs.flatMap(({ mode, figures }) =>
      kinds.map((command) => ({ mode: mode.name, command, ...median(figures[command]) })),
    ),
  );
  for (const { rig } of rigs) await rig.database.close();
  const [single, batched] = rigs.map(({ figures }) => speeds(figures));
  if (single === undefined || batched === undefined) throw new Error('two modes are measured');
  const ratio = (of: keyof typeof single) => Math.round((batched[of] / single[of]) * 10) / 10;
  console.log(
    `Batched over single: ${ratio('perSecond')} (target 10); accruals ${ratio('accruePerSecond')}, ` +
      `burns ${ratio('burnPerSecond')}, burns shared by three issuers ` +
      `${ratio('burnOfThreePerSecond')}.`,
  );
  return { batchedOverSingle: ratio('perSecond'), single, batched };
}

function speeds(figures: Readonly<Record<(typeof kinds)[number], readonly Figures[]>>) {
  const accruePerSecond = median(figures.accrue).perSecond;
  const burnPerSecond = median(figures.burn).perSecond;
  const burnOfThreePerSecond = median(figures.burnOfThree).perSecond;
  // Over the time that as many accruals as burns take.
  const perSecond = Math.round(2 / (1 / accruePerSecond + 1 / burnPerSecond));
  return { accruePerSecond, burnPerSecond, burnOfThreePerSecond, perSecond };
}
