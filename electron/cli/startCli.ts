import { constants } from 'node:os';
import packageJson from '../../package.json' with { type: 'json' };
import { exitCodes } from '../../shared/exitCodes.ts';
import { runDemo } from '../engine/demo/demoOffice.ts';
import { systemClock, systemRandom } from '../engine/localMachine.ts';
import { openEngine } from '../engine/openEngine.ts';
import { unpackPacketFile, verifyPacketFile } from '../engine/packetTools.ts';
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
  const { env, stdin, stdout, stderr } = process;
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
    version: packageJson.version,
    openEngine: ({ dataDir, verbose }) =>
      openEngine({ dataDir, verbose, clock: systemClock, random: systemRandom, env }),
    packetTools: { verify: verifyPacketFile, unpack: unpackPacketFile },
    runDemo: (options) => runDemo({ ...options, clock: systemClock, random: systemRandom }),
  });
}
