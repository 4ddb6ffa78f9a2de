import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { ExchangeError } from '../../../shared/errors.ts';
import { tmpFolder } from '../../../shared/remoteNames.ts';
import type { DeliveryRow, PacketRow } from '../../ledger/ledger.ts';
import type { Transport } from '../../transport/transport.ts';
import type { RunContext } from '../siteContext.ts';
import { countSuccess } from '../suspension/connectionState.ts';
import { askForSweep } from '../upkeep/sweepTmp.ts';

/** Fact: this server cannot rename from tmp/ into other folders, so uploads go beside their place as `.part`. */
const inPlaceFact = 'publish-in-place';

/** The server did not let a half-written upload be continued. */
const lockedCode = 'upload-locked';

/**
 * Makes a sealed packet visible to its addressee: uploads into tmp/, compares the size, renames into place.
 *
 * Shape:   a queued delivery in; it is `published` in the ledger when this resolves.
 * Promise: never visible under its final name while incomplete. Every step is recorded before it is done, so a
 *          lost reply or a kill is settled by looking at the server on the next try; an interrupted upload is
 *          continued where the server can.
 * Errors:  the transport's; `backup-missing` (fix) when the sealed file is gone from the backup folder.
 * Source:  RFC 959 §5.4 RNFR/RNTO; design "Packets", promises 1 and 3.
 */
export async function publishDelivery(
  run: RunContext,
  transport: Transport,
  delivery: DeliveryRow,
  packet: PacketRow,
): Promise<void> {
  const { signal } = run;
  const target = `${delivery.folder}/${packet.fileName}`;
  const again = delivery.attempts > 0 || delivery.stage !== 'idle' || delivery.damaged > 0;
  run.ledger.commit('upload-begin', (tables) =>
    tables.deliveries.change(delivery.id, { stage: 'uploading', attempts: delivery.attempts + 1 }),
  );
  const tmp = uploadPath(run, delivery, packet);
  if (delivery.lastError?.code === lockedCode) askForSweep(run);
  let offset = 0;
  if (again) {
    if (delivery.damaged > 0 && delivery.attempts === 0) {
      // The copy there, if any, is the one the addressee could not read.
      await transport.remove(target, { signal });
      await transport.remove(tmp, { signal });
    } else if ((await transport.fileSize(target, { signal })) === packet.sizeBytes) {
      await transport.remove(tmp, { signal });
      markPublished(run, delivery, packet);
      return;
    } else {
      offset = await resumeOffset(transport, tmp, packet.sizeBytes, signal);
    }
  }
  if (offset < packet.sizeBytes) await upload(run, transport, tmp, packet, offset);
  run.tally.sentBytes += packet.sizeBytes - offset;
  run.ledger.commit('rename-begin', (tables) => tables.deliveries.change(delivery.id, { stage: 'renaming' }));
  await moveIntoPlace(run, transport, { tmp, target, folder: delivery.folder, packet });
  markPublished(run, delivery, packet);
}

/** Where this delivery's upload lies until it is renamed. */
export function uploadPath(run: RunContext, delivery: DeliveryRow, packet: PacketRow): string {
  const inPlace = run.ledger.read((tables) => tables.facts.get(inPlaceFact)) !== undefined;
  if (inPlace) return `${delivery.folder}/${packet.fileName}.part`;
  // A server that was never told that a connection is over may keep its half-written file locked (vsftpd does):
  // the upload then goes under another name, and `sweepTmp` takes the old one away.
  const another = delivery.lastError?.code === lockedCode ? `-${delivery.attempts}` : '';
  return `${tmpFolder}/${packet.fileName}.${delivery.id}${another}`;
}

async function resumeOffset(
  transport: Transport,
  tmp: string,
  sizeBytes: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  const partial = await transport.fileSize(tmp, { signal });
  if (partial === undefined || partial > sizeBytes) return 0;
  return partial === sizeBytes || transport.traits.resumesUploads ? partial : 0;
}

async function upload(
  run: RunContext,
  transport: Transport,
  tmp: string,
  packet: PacketRow,
  offset: number,
): Promise<void> {
  const path = join(run.folders.backup, packet.fileName);
  const source = {
    sizeBytes: packet.sizeBytes,
    open: (from: number) => createReadStream(path, { start: from, highWaterMark: 256 * 1024 }),
  };
  if (offset > 0) run.progress.bytes(offset);
  let moved = 0;
  const onBytes = (count: number) => {
    moved += count;
    run.progress.bytes(count);
  };
  const options = { signal: run.signal, offset, onBytes };
  try {
    await transport.upload(tmp, source, options);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw backupMissing(packet, error);
    if (!(error instanceof ExchangeError)) throw error;
    if (error.code === 'timed-out' && offset > 0 && moved === 0) throw uploadLocked(error);
    if (error.code !== 'not-found') throw error;
    await transport.makeFolder(tmp.slice(0, tmp.lastIndexOf('/')), { signal: run.signal });
    await transport.upload(tmp, source, options);
  }
}

interface Move {
  readonly tmp: string;
  readonly target: string;
  readonly folder: string;
  readonly packet: PacketRow;
}

async function moveIntoPlace(run: RunContext, transport: Transport, move: Move): Promise<void> {
  const { signal } = run;
  const first = await tryRename(transport, move.tmp, move.target, signal);
  if (first === undefined) return;
  // The reply does not say what is wrong: look, make what may be missing, try once more.
  if ((await transport.fileSize(move.target, { signal })) === move.packet.sizeBytes) {
    await transport.remove(move.tmp, { signal });
    return;
  }
  await transport.makeFolder(move.folder, { signal });
  const second = await tryRename(transport, move.tmp, move.target, signal);
  if (second === undefined) return;
  const part = `${move.target}.part`;
  if (move.tmp === part) throw second;
  await upload(run, transport, part, move.packet, 0);
  const third = await tryRename(transport, part, move.target, signal);
  if (third !== undefined) {
    await transport.remove(part, { signal }).catch(() => false);
    throw third;
  }
  run.ledger.commit('publish-in-place', (tables) => tables.facts.set(inPlaceFact, '1'));
  await transport.remove(move.tmp, { signal });
}

/** The refusal, where the server refused; other errors are thrown. */
async function tryRename(
  transport: Transport,
  from: string,
  to: string,
  signal: AbortSignal | undefined,
): Promise<ExchangeError | undefined> {
  try {
    await transport.rename(from, to, { signal });
    return undefined;
  } catch (error) {
    if (error instanceof ExchangeError && error.class === 'fix') return error;
    throw error;
  }
}

function markPublished(run: RunContext, delivery: DeliveryRow, packet: PacketRow): void {
  run.ledger.commit('published', (tables) => {
    tables.deliveries.change(delivery.id, {
      state: 'published',
      stage: 'idle',
      nextTryMs: undefined,
      lastError: undefined,
      publishedMs: run.clock.now(),
    });
    countSuccess(tables);
    tables.deliveries.addAttempt({
      deliveryId: delivery.id,
      transmissionId: run.transmissionId,
      startedMs: run.clock.now(),
      endedMs: run.clock.now(),
      outcome: 'published',
      error: undefined,
    });
  });
  run.tally.sentPackets += 1;
  run.note('info', `Sent ${packet.fileName} to ${packet.to}.`);
}

function uploadLocked(cause: ExchangeError): ExchangeError {
  return new ExchangeError({
    code: lockedCode,
    class: 'retry',
    message: `The server did not let the interrupted upload be continued: ${cause.message}`,
    advice: 'It is tried again under another name.',
    cause,
  });
}

function backupMissing(packet: PacketRow, cause: unknown): ExchangeError {
  return new ExchangeError({
    code: 'backup-missing',
    class: 'fix',
    message: `The sealed packet ${packet.fileName} is gone from the backup folder.`,
    advice: 'Put it back from a copy, or cancel it (branchline queue cancel) and send its files again.',
    cause,
  });
}
