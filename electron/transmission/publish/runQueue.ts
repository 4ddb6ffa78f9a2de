import { type ErrorReport, ExchangeError } from '../../../shared/errors.ts';
import type { DeliveryRow, PacketRow } from '../../ledger/ledger.ts';
import type { RunContext } from '../siteContext.ts';
import { countFailure, countSuccess, isSuspended } from '../suspension/connectionState.ts';
import { retryDelayMs } from './backoff.ts';
import { publishDelivery } from './publishDelivery.ts';

interface Job {
  readonly delivery: DeliveryRow;
  readonly packet: PacketRow;
}

/**
 * Sends what is queued, oldest first, over as many connections as the pool allows.
 *
 * Promise: one packet's trouble does not stop the others: it is tried again with growing, jittered delays and
 *          then skipped. A full server, a refused right or a lost server stops the sending for this run; what
 *          is queued stays queued.
 * Errors:  the stopping error (classes fix, full, trust, busy; retry when no connection can be opened), or cancelled.
 * Source:  design "Delivery rules".
 */
export async function runQueue(run: RunContext): Promise<void> {
  const first = queuedJobs(run);
  run.progress.expect(
    first.length,
    first.reduce((sum, job) => sum + job.packet.sizeBytes, 0),
  );
  for (;;) {
    const jobs = queuedJobs(run);
    if (jobs.length === 0) return;
    const now = run.clock.now();
    const ready = jobs.filter((job) => (job.delivery.nextTryMs ?? 0) <= now);
    if (ready.length > 0) {
      await sendAll(run, ready);
    } else {
      const next = Math.min(...jobs.map((job) => job.delivery.nextTryMs ?? now));
      // A clock that was set back must not make a packet wait longer than the longest delay.
      const waitMs = Math.min(next - now, run.delivery.longestRetrySeconds * 1000);
      run.progress.what('waiting before the next try');
      await run.clock.sleep(waitMs, run.signal);
      if (next - now > waitMs) releaseAll(run, jobs);
    }
  }
}

function queuedJobs(run: RunContext): Job[] {
  return run.ledger.read((tables) =>
    tables.deliveries.inState('queued').flatMap((delivery) => {
      const packet = tables.packets.get(delivery.packetId);
      return packet ? [{ delivery, packet }] : [];
    }),
  );
}

function releaseAll(run: RunContext, jobs: readonly Job[]): void {
  run.ledger.commit('retry-now', (tables) => {
    for (const job of jobs) tables.deliveries.change(job.delivery.id, { nextTryMs: undefined });
  });
}

/**
 * Sends the oldest queued packet alone, whether or not its next try is due: the probe of a suspended connection.
 *
 * Errors: the packet's own failure; `suspended` where it counts.
 */
export async function sendOldest(run: RunContext): Promise<void> {
  // A packet whose file is gone is skipped and proves nothing: the next one is the oldest then.
  for (let [oldest] = queuedJobs(run); oldest !== undefined; [oldest] = queuedJobs(run)) {
    run.progress.expect(1, oldest.packet.sizeBytes);
    try {
      await sendOne(run, oldest);
    } catch (error) {
      throw counted(run, error);
    }
    if (!isSuspended(run.ledger)) return;
  }
  run.ledger.commit('probe-connected', countSuccess);
}

async function sendAll(run: RunContext, jobs: readonly Job[]): Promise<void> {
  const waiting = [...jobs];
  const stop: { error: unknown } = { error: undefined };
  const worker = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      if (stop.error !== undefined) return;
      try {
        await sendOne(run, job);
      } catch (error) {
        stop.error ??= error;
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(run.pool.limit, jobs.length) }, worker));
  if (stop.error !== undefined) throw counted(run, stop.error);
}

/** No connection could be opened: one failure, however many packets waited for it. Others were counted with their packet. */
function counted(run: RunContext, error: unknown): unknown {
  if (!(error instanceof ExchangeError) || error.class !== 'retry' || error.code === 'suspended')
    return error;
  return run.ledger.commit('connect-failed', (tables) => countFailure(tables, run, error)) ?? error;
}

/** Sends one packet. A failure that only concerns this packet is recorded; any other is thrown. */
async function sendOne(run: RunContext, job: Job): Promise<void> {
  const startedMs = run.clock.now();
  let connected = false;
  try {
    await run.pool.use(async (transport) => {
      connected = true;
      run.progress.what(job.packet.fileName);
      await publishDelivery(run, transport, job.delivery, job.packet);
    }, run.signal);
    run.progress.packetDone();
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    if (!connected || error.class === 'cancelled') throw error;
    const suspended = recordFailure(run, job, error, startedMs);
    if (suspended !== undefined) throw suspended;
    if (error.class !== 'retry' && error.code !== 'backup-missing') throw error;
  }
}

/** Returns the error of a suspended connection where this failure was one too many in a row. */
function recordFailure(
  run: RunContext,
  job: Job,
  error: ExchangeError,
  startedMs: number,
): ExchangeError | undefined {
  const { id } = job.delivery;
  const report: ErrorReport = error.report();
  const { skipped, suspended } = run.ledger.commit('attempt-failed', (tables) => {
    const attempts = tables.deliveries.get(id)?.attempts ?? 0;
    const usedUp =
      error.class === 'retry' ? attempts > run.delivery.retries : error.code === 'backup-missing';
    tables.deliveries.change(id, {
      lastError: report,
      // Only tries that may succeed later count: a full server or a refused right is no fault of the packet.
      attempts: error.class === 'retry' ? attempts : Math.max(0, attempts - 1),
      state: usedUp ? 'skipped' : 'queued',
      nextTryMs: usedUp ? undefined : run.clock.now() + retryDelayMs(attempts, run.delivery, run.random),
    });
    tables.deliveries.addAttempt({
      deliveryId: id,
      transmissionId: run.transmissionId,
      startedMs,
      endedMs: run.clock.now(),
      outcome: 'failed',
      error: report,
    });
    return {
      skipped: usedUp,
      suspended: error.class === 'retry' ? countFailure(tables, run, error) : undefined,
    };
  });
  run.note('warning', `${job.packet.fileName} was not sent: ${error.message}`);
  if (skipped) {
    run.attention(
      `Packet ${job.packet.fileName} was skipped: ${error.message} Retry it with: branchline queue retry ${id}`,
    );
  }
  return suspended;
}
