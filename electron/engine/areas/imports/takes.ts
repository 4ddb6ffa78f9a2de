import type { ImportChannel } from '../../../../shared/importsSettings.ts';
import type { ImportParts } from '../../../imports/importRequest.ts';
import { uuidV7 } from '../../../platform/random.ts';
import { createTransportPool } from '../../../transport/pool/transportPool.ts';
import type { PartnerParts } from '../partnerParts.ts';
import { testsFolder } from './importHooks.ts';
import { type ImportWork, unforeseen } from './importWork.ts';
import { oneAtATime } from './oneAtATime.ts';
import { takeFolders } from './takeFolders.ts';
import { takeIncoming } from './takeIncoming.ts';

/** Looks at the FTP site on demand, outside of a transmission. */
export interface Takes {
  /** Answers at once; the event `imports.taken` tells the end. */
  start(channels: readonly ImportChannel[]): string;
  /** One look at a time, within transmissions or without. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

interface TakesParts {
  readonly area: PartnerParts;
  readonly parts: ImportParts;
  readonly work: ImportWork;
}

export function createTakes({ area, parts, work }: TakesParts): Takes {
  const { clock, random } = area;
  const stopping = new AbortController();
  const line = oneAtATime();

  const take = async (takeId: string, channels: readonly ImportChannel[]): Promise<void> => {
    const runIds: string[] = [];
    let growing = 0;
    let error: unknown;
    try {
      const settings = area.configured();
      const site = area.site(settings);
      const { signal } = stopping;
      const run = {
        parts,
        work,
        channels,
        signal,
        onReport: ({ runId }: { readonly runId: string }) => void runIds.push(runId),
      };
      if (channels.some(({ from }) => 'folder' in from)) {
        const pool = createTransportPool(await area.factory(), {
          limit: settings.ftp.connections,
          clock,
          signal,
        });
        try {
          const drop = {
            pool,
            ledger: area.ledger,
            clock,
            random,
            signal,
            inbox: site.folders.inbox,
            settleSeconds: settings.dropFolders.settleSeconds,
            note: () => undefined,
          };
          growing = (await takeFolders({ ...run, drop })).growing;
        } finally {
          await pool.close();
        }
      }
      await takeIncoming(run, { incoming: site.folders.incoming, tests: testsFolder(parts) });
    } catch (cause) {
      error = cause;
    }
    area.tell('imports.taken', {
      takeId,
      runIds,
      growing,
      ...(error === undefined ? {} : { error: unforeseen(error) }),
    });
  };

  return {
    alone: (work) => line.run(work),
    start(channels) {
      const takeId = uuidV7(random, clock);
      void line.run(() => take(takeId, channels));
      return takeId;
    },
    async stop() {
      stopping.abort();
      await line.quiet();
    },
  };
}
