import { type ErrorReport, ExchangeError } from '../../shared/errors.ts';
import type { TransmissionResult } from '../../shared/progress.ts';
import type { TransmissionRow } from '../../shared/views.ts';
import { importInbox } from './inbox/importInbox.ts';
import { listInbox } from './inbox/inboxListing.ts';
import { removeTaken } from './inbox/removeTaken.ts';
import { sealOutgoing } from './outgoing/sealOutgoing.ts';
import { runQueue } from './publish/runQueue.ts';
import { sealVoids } from './publish/sealVoids.ts';
import { makeReceipts } from './receipts/makeReceipts.ts';
import { publishReceipts } from './receipts/publishReceipts.ts';
import { takeReceipts } from './receipts/takeReceipts.ts';
import { RunLog } from './runLog.ts';
import type { RunContext } from './siteContext.ts';
import { connect } from './suspension/connect.ts';
import { countSuccess, isSuspended } from './suspension/connectionState.ts';
import { cleanLocal, cleanServer } from './upkeep/cleanUp.ts';
import { recover } from './upkeep/recover.ts';

/**
 * One transmission: recovery, export, import, receipts, clean-up.
 *
 * Shape:   a run in; how it ended out. Failures of the exchange are in the result, not thrown.
 * Promise: whatever happens, nothing that was picked up, queued or received is lost or applied twice; the next
 *          run goes on where this one ended. What was counted and noted is in the ledger.
 * Errors:  those of the ledger and the local disk.
 * Source:  design "Packets", promises 1 to 6.
 */
export async function transmit(run: RunContext, mode: TransmissionRow['mode']): Promise<TransmissionResult> {
  const startedMs = run.clock.now();
  const attention: string[] = [];
  const log = new RunLog(run);
  const told: RunContext = {
    ...run,
    note: (level, text) => log.note(level, text),
    attention: (text) => {
      if (attention.includes(text)) return;
      attention.push(text);
      log.note('warning', text);
    },
  };
  run.ledger.commit('run-begin', (tables) => {
    tables.transmissions.closeInterrupted();
    tables.transmissions.begin({ transmissionId: run.transmissionId, mode, startedMs });
  });
  const error = await exchange(told, mode, log);
  const result = resultOf(run, startedMs, attention, error);
  log.save();
  run.ledger.commit('run-end', (tables) => tables.transmissions.end(run.transmissionId, result));
  await run.hooks?.afterRun?.(run, result);
  run.progress.phase('done');
  return result;
}

async function exchange(
  run: RunContext,
  mode: TransmissionRow['mode'],
  log: RunLog,
): Promise<ErrorReport | undefined> {
  try {
    run.progress.phase('prepare');
    await recover(run);
    const failure = await exchangeSteps(run, mode, log);
    if (failure !== undefined) throw failure;
    wentWell(run, mode);
    await cleanLocal(run);
    return undefined;
  } catch (error) {
    const failure = asExchangeError(run, error);
    run.note('error', failure.message);
    return failure.report();
  }
}

/** A run without a failure ends the row of failures. One that only imported proves nothing of sending what waits. */
function wentWell(run: RunContext, mode: TransmissionRow['mode']): void {
  const { failures, waits } = run.ledger.read((tables) => ({
    failures: tables.connection.get().failures,
    waits: tables.deliveries.inState('queued').length > 0,
  }));
  if (failures === 0 || (mode === 'import-only' && waits)) return;
  run.ledger.commit('run-went-well', countSuccess);
}

/** A step's failure is kept until the others have had their turn, where they can still do their work. */
async function exchangeSteps(
  run: RunContext,
  mode: TransmissionRow['mode'],
  log: RunLog,
): Promise<ExchangeError | undefined> {
  let failure: ExchangeError | undefined;
  const attempt = async (step: () => Promise<void>) => {
    run.signal?.throwIfAborted();
    try {
      await step();
    } catch (error) {
      const known = asExchangeError(run, error);
      if (known.class === 'cancelled') throw known;
      failure ??= known;
    }
    log.save();
  };
  let joined: string | undefined;
  await attempt(async () => {
    run.progress.phase('connect');
    joined = await connect(run, mode);
  });
  // Without a connection, files are still packed: the queue grows and goes out when the server is back.
  const officeId = joined ?? run.officeId;
  if (mode !== 'import-only' && joined !== undefined)
    await attempt(async () => await run.hooks?.beforeExport?.(run));
  if (mode !== 'import-only' && officeId !== undefined) {
    run.progress.phase('prepare', 'packing');
    await attempt(() => sealOutgoing(run, officeId));
  }
  if (joined === undefined || officeId === undefined) return failure;
  const exportQueue = async () => {
    run.progress.phase('export');
    await sealVoids(run, officeId);
    await runQueue(run);
  };
  if (mode !== 'import-only') {
    await attempt(exportQueue);
    // Suspended in the middle: no further connection is made, for nothing.
    if (isSuspended(run.ledger)) return failure;
  }
  if (mode !== 'export-only') {
    await attempt(async () => {
      run.progress.phase('import');
      await removeTaken(run);
      const listing = await listInbox(run);
      await takeReceipts(run, officeId, listing.receipts);
      await importInbox(run, officeId, listing.packets);
    });
    await attempt(() => removeTaken(run));
    await attempt(async () => await run.hooks?.afterImport?.(run));
    await attempt(async () => {
      run.progress.phase('receipts');
      await makeReceipts(run, officeId);
      await publishReceipts(run);
    });
    // What the receipts asked for again goes out in the same run.
    if (mode === 'full' && failure === undefined) await attempt(exportQueue);
    if (mode === 'full' && isSuspended(run.ledger)) return failure;
  }
  await attempt(async () => {
    run.progress.phase('clean-up');
    await cleanServer(run);
  });
  return failure;
}

/** Only failures of the exchange are results; anything else (a bug, a broken disk) is thrown on. */
function asExchangeError(run: RunContext, error: unknown): ExchangeError {
  if (error instanceof ExchangeError) return error;
  if (run.signal?.aborted) {
    return new ExchangeError({
      code: 'cancelled',
      class: 'cancelled',
      message: 'The run was cancelled.',
      cause: error,
    });
  }
  throw error;
}

function resultOf(
  run: RunContext,
  startedMs: number,
  attention: readonly string[],
  error: ErrorReport | undefined,
): TransmissionResult {
  const { tally } = run;
  const queue = run.ledger.read((tables) => ({
    queued: tables.deliveries.inState('queued').length,
    skipped: tables.deliveries.inState('skipped').length,
  }));
  const partial = queue.skipped > 0 || tally.rejected > 0 || tally.waiting > 0;
  const outcome =
    error === undefined
      ? partial
        ? 'partial'
        : 'done'
      : error.class === 'cancelled'
        ? 'cancelled'
        : 'failed';
  return {
    transmissionId: run.transmissionId,
    outcome,
    startedMs,
    endedMs: run.clock.now(),
    packed: {
      packets: tally.packedPackets,
      files: tally.packedFiles,
      leftForNextTime: tally.leftForNextTime,
    },
    sent: { packets: tally.sentPackets, bytes: tally.sentBytes },
    received: {
      packets: tally.receivedPackets,
      files: tally.receivedFiles,
      bytes: tally.receivedBytes,
      rejected: tally.rejected,
      duplicates: tally.duplicates,
      waiting: tally.waiting,
    },
    receipts: { sent: tally.receiptsSent, received: tally.receiptsReceived },
    queue,
    attention: attention.map((text) => ({ text })),
    error,
  };
}
