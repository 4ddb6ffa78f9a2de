import { createReadStream } from 'node:fs';
import { ExchangeError } from '../../shared/errors.ts';
import type { PendingExport } from '../../shared/exportState.ts';
import type { Transport, UploadSource } from '../transport/transport.ts';
import type { ExportRun } from './exportRun.ts';

/**
 * Makes a finished local file visible to partners: uploads it into tmp/, compares the size, renames it into place.
 *
 * Promise: never visible under its name while incomplete. Each step is recorded before it is done; what a kill or a
 *          lost reply leaves open is settled by settlePending.
 * Errors:  the transport's.
 */
export async function publishExport(
  run: ExportRun,
  transport: Transport,
  pending: PendingExport,
): Promise<void> {
  await upload(run, transport, pending);
  try {
    await rename(run, transport, pending);
  } catch (error) {
    // Where tmp/ cannot be renamed from, the upload lies beside its place; partners are told to leave `.part` alone.
    if (!(error instanceof ExchangeError) || error.code !== 'rename-refused') throw error;
    const beside = { ...pending, uploadPath: `${pending.folder}/${pending.fileName}.part` };
    await upload(run, transport, beside);
    await transport.remove(pending.uploadPath, { signal: run.signal });
    await rename(run, transport, beside);
  }
}

async function upload(run: ExportRun, transport: Transport, pending: PendingExport): Promise<void> {
  const { signal } = run;
  run.memory.intend({ ...pending, stage: 'uploading' });
  const source: UploadSource = {
    sizeBytes: pending.sizeBytes,
    open: (start) => createReadStream(run.localPath, { start, highWaterMark: 256 * 1024 }),
  };
  let bytesDone = 0;
  const onBytes = (count: number) => {
    bytesDone += count;
    run.onProgress({ what: 'uploading', rows: pending.rows, bytesDone, bytesTotal: pending.sizeBytes });
  };
  const folder = pending.uploadPath.slice(0, pending.uploadPath.lastIndexOf('/'));
  await transport.makeFolder(folder, { signal });
  await transport.upload(pending.uploadPath, source, { signal, onBytes });
}

async function rename(run: ExportRun, transport: Transport, pending: PendingExport): Promise<void> {
  run.memory.intend({ ...pending, stage: 'renaming' });
  await transport.rename(pending.uploadPath, targetOf(pending), { signal: run.signal });
  run.memory.published();
}

function targetOf({ folder, fileName }: PendingExport): string {
  return `${folder}/${fileName}`;
}

/**
 * Finds out what became of a file that was on its way when the last run ended, and finishes or undoes it.
 *
 * Shape:   what was found, in plain words; undefined where there was nothing to settle.
 * Promise: afterwards nothing is pending: the file is visible (or was, and a partner has taken it) and its rows count
 *          as exported, or it never was and its rows go into the next file.
 */
export async function settlePending(run: ExportRun, transport: Transport): Promise<string | undefined> {
  const { memory, signal } = run;
  const pending = memory.pending();
  if (pending === undefined) return undefined;
  const { fileName, uploadPath, sizeBytes } = pending;
  if (pending.stage === 'uploading') {
    await transport.remove(uploadPath, { signal });
    memory.forget();
    return undefined;
  }
  const uploaded = await transport.fileSize(uploadPath, { signal });
  const visible = await transport.fileSize(targetOf(pending), { signal });
  if (uploaded === undefined) {
    memory.published();
    return visible === undefined
      ? `${fileName} of the run before was published, and has been taken or removed since.`
      : `${fileName} of the run before was published.`;
  }
  if (uploaded === sizeBytes && visible === undefined) {
    await transport.rename(uploadPath, targetOf(pending), { signal });
    memory.published();
    return `${fileName} of the run before was uploaded, and is published now.`;
  }
  await transport.remove(uploadPath, { signal });
  memory.forget();
  return undefined;
}
