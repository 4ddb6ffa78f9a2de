import { parseArgs } from 'node:util';
import packageJson from '../../package.json' with { type: 'json' };
import { ExchangeError } from '../../shared/errors.ts';
import { exitCodes } from '../../shared/exitCodes.ts';
import { startEngine } from './host/startEngine.ts';
import { keepMemorySmall, systemClock, systemRandom } from './localMachine.ts';

// The engine as a process of its own: `node engineMain.ts --data-dir DIR`. It serves until it is told to end.
keepMemorySmall();
const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string' },
    verbose: { type: 'boolean', default: false },
    // For the desktop program: the engine ends with it, however that ends.
    'end-with-stdin': { type: 'boolean', default: false },
  },
});
const dataDir = values['data-dir'];
if (dataDir === undefined) {
  process.stderr.write('Say where the data is: --data-dir DIR\n');
  process.exitCode = exitCodes.usage;
} else {
  try {
    const engine = await startEngine({
      dataDir,
      verbose: values.verbose,
      version: packageJson.version,
      clock: systemClock,
      random: systemRandom,
      env: process.env,
    });
    let ending: Promise<void> | undefined;
    const end = () => {
      ending ??= engine.close().then(() => process.exit(exitCodes.done));
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        // The first asks politely; the second does not wait.
        if (ending !== undefined) process.exit(exitCodes.interrupted);
        end();
      });
    }
    if (values['end-with-stdin']) process.stdin.once('close', end).resume();
    // Whoever started this process waits for the line, and may tell it to end from then on.
    process.stdout.write('ready\n');
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    process.stderr.write(`${error.message}\n${error.advice}\n`);
    process.exitCode = error.class === 'busy' ? exitCodes.busy : exitCodes.unexpected;
  }
}
