import { constants } from 'node:os';
import packageJson from '../../package.json' with { type: 'json' };
import { exitCodes } from '../../shared/exitCodes.ts';
import { attachEngine } from '../engine/attachEngine.ts';
import { runDemo } from '../engine/demo/demoOffice.ts';
import { socketPath } from '../engine/host/socketPath.ts';
import { startEngine } from '../engine/host/startEngine.ts';
import { keepMemorySmall, systemClock, systemRandom } from '../engine/localMachine.ts';
import { openEngine } from '../engine/openEngine.ts';
import { unpackPacketFile, verifyPacketFile } from '../engine/packetTools.ts';
import { machineServices } from '../engine/service/serviceWorld.ts';
import { serve } from '../web/serve.ts';
import { runCli } from './runCli.ts';

/** The first signal asks politely, so that what is under way is left in order; the second ends at once. */
function signalOfPerson(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(128 + constants.signals[name]);
      stop.abort();
    });
  }
  return stop.signal;
}

/** Runs the command line of this process. */
export async function startCli(): Promise<void> {
  keepMemorySmall();
  const { env, stdin, stdout, stderr } = process;
  const { version } = packageJson;
  // A reader that has seen enough (`branchline history | head`) is no error.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  process.exitCode = exitCodes.unexpected;
  process.exitCode = await runCli({
    argv: process.argv.slice(2),
    env,
    stdin,
    stdout,
    stderr,
    clock: systemClock,
    signal: signalOfPerson(),
    version,
    openEngine: async ({ dataDir, verbose }) =>
      (await attachEngine(dataDir)) ??
      (await openEngine({ dataDir, verbose, clock: systemClock, random: systemRandom, env })),
    startEngine: ({ vaultKeyFile, ...options }) =>
      startEngine({
        ...options,
        version,
        clock: systemClock,
        random: systemRandom,
        env: vaultKeyFile === undefined ? env : { ...env, BRANCHLINE_VAULT_KEY_FILE: vaultKeyFile },
      }),
    packetTools: { verify: verifyPacketFile, unpack: unpackPacketFile },
    services: machineServices(process.argv[1] ?? ''),
    serve: (options) =>
      serve(options, {
        clock: systemClock,
        random: systemRandom,
        socketPath: socketPath(options.dataDir),
        startEngine: () =>
          startEngine({ ...options, version, clock: systemClock, random: systemRandom, env }),
      }),
    runDemo: (options) => runDemo({ ...options, clock: systemClock, random: systemRandom }),
  });
}
