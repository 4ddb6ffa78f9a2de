import type { PresentState } from '../../../shared/contract/calls.ts';
import type { Message } from '../../../shared/contract/wire.ts';
import { type EngineOptions, openEngine } from '../openEngine.ts';
import { openPracticeOffice } from '../practiceOffice.ts';
import { createEngineHost } from './engineHost.ts';
import { socketPath } from './socketPath.ts';
import { serveSocket } from './socketServer.ts';

export interface RunningEngine {
  state(): Promise<PresentState>;
  /** Finishes politely: cancels what is under way, ends its clients' lines, gives the data directory free. */
  close(): Promise<void>;
}

/**
 * Opens the engine of a data directory and serves it on its local socket.
 *
 * Errors: `busy` (busy) when another process works there; those of openEngine and of the socket.
 */
export async function startEngine(
  options: EngineOptions & {
    readonly version: string;
    /** Hears what every client hears, from before the schedule begins. */
    readonly watch?: (message: Message) => void;
  },
): Promise<RunningEngine> {
  const { clock, random, version } = options;
  const own = await openEngine(options);
  const office = await openPracticeOffice(own, { clock, random }).catch(async (error: unknown) => {
    await own.close();
    throw error;
  });
  const host = createEngineHost({ engine: office.engine, practice: office, clock, random, version });
  if (options.watch !== undefined) host.connect({ send: options.watch });
  try {
    const server = await serveSocket(host, socketPath(options.dataDir));
    own.begin?.();
    return {
      state: () => host.presentState(),
      async close() {
        await host.stop();
        await server.close();
        await office.close();
      },
    };
  } catch (error) {
    await host.stop();
    await office.close();
    throw error;
  }
}
