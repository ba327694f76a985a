/** A process that posts to some books for some seconds, and says how many commands it posted. */
import { createLedger } from '../../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { measure, mixed, openRig } from './rig.ts';

const [url = '', commands] = process.argv.slice(2);
const rig = await openRig(url);
const ledger = createLedger(rig.frame, { batchMax: 200 });
// Ready; the others may still be loading.
process.stdout.write('ready\n');
await new Promise((go) => process.stdin.once('data', go));
const started = performance.now();
await measure(ledger, { make: mixed(), commands: Number(commands), callers: 400 });
process.stdout.write(`${JSON.stringify({ seconds: (performance.now() - started) / 1000 })}\n`);
process.exit();
