import { ExchangeError } from '../../../shared/errors.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { CheckReport } from '../../../shared/views.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import { lookAtOffice } from '../../transmission/office/lookAtOffice.ts';
import { officeMet } from '../../transmission/office/officeMet.ts';
import { proveHome } from '../../transport/probes/proveHome.ts';
import type { TransportFactory } from '../../transport/transport.ts';
import type { SaveOptions } from '../engine.ts';
import { nameOf } from '../siteOf.ts';

export interface ProveParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly ledger: Ledger;
}

/** How long a save that would be made anyway waits for the server. */
const patienceMs = 10_000;

/**
 * Proves settings that are not saved yet: that this site can log in and work in the home directory, and that the home
 * directory is its office's.
 *
 * Promise: where it is to be saved anyway, it takes no longer than ten seconds and the clean-up.
 */
export async function proveCandidate(
  { clock, random, ledger }: ProveParts,
  settings: Settings,
  factory: TransportFactory,
  options: SaveOptions,
): Promise<CheckReport> {
  const { site } = settings;
  const officeId = site.role === 'central' ? site.officeId : officeMet(ledger);
  const question = { me: nameOf(settings), guid: site.guid, officeId };
  const late = new AbortController();
  const stopWaiting = options.unproven === true ? clock.after(patienceMs, () => late.abort()) : undefined;
  try {
    const report = await proveHome(factory, {
      clock,
      random,
      signal: AbortSignal.any([late.signal, ...(options.signal === undefined ? [] : [options.signal])]),
      onStep: options.onStep,
      lookAtOffice: async (transport, signal) => ({
        detail: await lookAtOffice(transport, { ...question, signal }),
      }),
    });
    const isLate = late.signal.aborted && options.signal?.aborted !== true;
    return isLate && report.error?.class === 'cancelled' ? tooLate(report) : report;
  } finally {
    stopWaiting?.();
  }
}

function tooLate(report: CheckReport): CheckReport {
  const error = new ExchangeError({
    code: 'timed-out',
    class: 'retry',
    message: `The server was not through with it within ${patienceMs / 1000} seconds.`,
    advice: 'Run the self-check when the server is there.',
  });
  return { ...report, verdict: error.message, error: error.report() };
}
