import { createClient } from '../../shared/contract/createClient.ts';
import type { ContractClient } from '../../shared/contract/wire.ts';
import { openSocketLine } from '../engine/host/socketLine.ts';
import { socketPath } from '../engine/host/socketPath.ts';
import type { Clock } from '../engine/localMachine.ts';

/** How soon the engine is looked for again: it starts within a second. */
const againMs = 300;

interface EngineConnection {
  /** Finds back to the engine by itself. */
  readonly client: ContractClient;
  /** True when an engine answers for the data directory. */
  readonly isEngineRunning: () => Promise<boolean>;
}

/** The way to the engine of a data directory, whether or not it runs yet. */
export function connectEngine(dataDir: string, clock: Clock): EngineConnection {
  const path = socketPath(dataDir);
  return {
    client: createClient({
      connect: (end) => openSocketLine(path, end),
      later: (again) => void clock.after(againMs, again),
    }),
    isEngineRunning: () =>
      new Promise((resolve) => {
        const line = openSocketLine(path, {
          onOpen() {
            resolve(true);
            line.close();
          },
          onMessage: () => undefined,
          onClose: () => resolve(false),
        });
      }),
  };
}
