import type { Clock, Random } from '../engine/localMachine.ts';
import { createEngineAccess, type OwnEngine } from './engineAccess.ts';
import { rendererFolder } from './rendererFolder.ts';
import { linesToSocket } from './socketLine.ts';
import { startWebHost } from './webHost.ts';

export interface ServeOptions {
  readonly dataDir: string;
  readonly verbose: boolean;
  /** 0: any free one. */
  readonly port: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** What goes on, for people. */
  readonly say: (line: string) => void;
  /** An address that opens once. */
  readonly onAddress: (address: string) => void;
}

/** What the machine and the engine give. */
export interface ServeParts {
  readonly clock: Clock;
  readonly random: Random;
  /** Where the data directory's engine listens. */
  readonly socketPath: string;
  readonly startEngine: () => Promise<OwnEngine>;
}

/**
 * Serves the window to browsers on this machine until the signal fires.
 *
 * Errors: those of starting the engine (`busy`), page-missing, port-taken.
 */
export async function serve(options: ServeOptions, parts: ServeParts): Promise<void> {
  const rendererDir = await rendererFolder(options.say);
  const engine = createEngineAccess({ ...parts, openLine: linesToSocket(parts.socketPath) });
  try {
    await engine.reach();
    const host = await startWebHost({
      port: options.port,
      rendererDir,
      random: parts.random,
      openLine: engine.openLine,
      onNewAddress(address) {
        options.say('A browser has opened it. The address for another browser:');
        options.onAddress(address);
      },
    });
    options.say('Open this address in a browser on this machine; it opens once. Ctrl-C ends Branchline.');
    options.onAddress(host.address());
    await fired(options.signal);
    await host.close();
  } finally {
    await engine.close();
  }
}

function fired(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
