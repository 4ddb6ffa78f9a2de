import type { TransmissionResult } from '../../shared/progress.ts';
import { uuidV7 } from '../platform/random.ts';
import { ProgressMeter } from '../transmission/progressMeter.ts';
import { emptyTally, type RunHooks, type SiteContext } from '../transmission/siteContext.ts';
import { transmit } from '../transmission/transmit.ts';
import { createTransportPool } from '../transport/pool/transportPool.ts';
import type { TransportFactory } from '../transport/transport.ts';
import type { TransmitOptions } from './engine.ts';

/** Runs one transmission of a site over connections of its own, with its log kept in the ledger. */
export async function runTransmission(
  site: SiteContext,
  factory: TransportFactory,
  connections: number,
  hooks: RunHooks,
  options: TransmitOptions,
): Promise<TransmissionResult> {
  const { clock } = site;
  const transmissionId = uuidV7(site.random, clock);
  const pool = createTransportPool(factory, { limit: connections, clock, signal: options.signal });
  try {
    return await transmit(
      {
        ...site,
        transmissionId,
        pool,
        signal: options.signal,
        unattended: options.unattended,
        progress: new ProgressMeter(clock, (progress) => options.onProgress?.(progress)),
        hooks,
        tally: emptyTally(),
        note: (level, text) => options.onNote?.({ level, text }),
        attention: () => undefined,
      },
      options.mode,
    );
  } finally {
    await pool.close();
  }
}
