import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DropFolderSettings } from '../../shared/dropFolderSettings.ts';
import { ExchangeError } from '../../shared/errors.ts';
import { withSuffix } from '../dropFolders/claimName.ts';
import type { DropFolderRun } from '../dropFolders/dropFolder.ts';
import { hashFile } from '../dropFolders/fetchClaim.ts';
import { plainFileError } from '../platform/fileError.ts';
import type { Transport } from '../transport/transport.ts';
import type { Attached, CustomerFiles, FoundCustomer, UnidentifiedRow } from './customerFiles.ts';
import { fold } from './storedName.ts';

/** What acting on the FTP site by hand needs. */
export type HandRun = Pick<DropFolderRun, 'pool' | 'signal' | 'inbox' | 'onBytes'>;

/** Attaches an unidentified file to the customer that a person named, then takes it from the FTP site. */
export async function attachUnidentified(
  files: CustomerFiles,
  run: HandRun,
  row: UnidentifiedRow,
  request: { readonly customer: FoundCustomer; readonly folder: DropFolderSettings },
): Promise<Attached> {
  const { path: localPath, sizeBytes } = await fetchUnidentified(run, row, Number.POSITIVE_INFINITY);
  try {
    const attached = await files.attach({
      ...request,
      name: row.name,
      localPath,
      sizeBytes,
      sha256: await hashFile(localPath),
      modifiedMs: row.modifiedMs,
      claimId: `unidentified-${row.id}`,
      resolves: row.id,
    });
    await finishPending(files, run);
    return attached;
  } finally {
    await rm(localPath, { force: true });
  }
}

/** Puts a file back into its drop folder, so that it is tried again: a customer was added, or a number corrected. */
export async function putBackUnidentified(
  files: CustomerFiles,
  run: HandRun,
  row: UnidentifiedRow,
): Promise<void> {
  const putBackAs = await run.pool.use((transport) => freeName(transport, run, row), run.signal);
  files.setUnidentified(row.id, { state: 'put-back', pending: 'put-back', putBackAs });
  await finishPending(files, run);
}

export async function deleteUnidentified(
  files: CustomerFiles,
  run: HandRun,
  row: UnidentifiedRow,
): Promise<void> {
  files.setUnidentified(row.id, { state: 'deleted', pending: 'remove' });
  await finishPending(files, run);
}

/**
 * Does on the FTP site what was decided and not done yet.
 *
 * Promise: repeating it, also after a kill, does no harm. What cannot be done for one file does not keep the others.
 * Errors:  the transport's.
 */
export async function finishPending(files: CustomerFiles, run: HandRun): Promise<void> {
  let refused: ExchangeError | undefined;
  for (const row of files.pending()) {
    try {
      await run.pool.use((transport) => finishOne(transport, run, row), run.signal);
      files.setUnidentified(row.id, { pending: '' });
    } catch (error) {
      if (!(error instanceof ExchangeError) || error.class !== 'fix') throw error;
      refused = error;
    }
  }
  if (refused !== undefined) throw refused;
}

async function finishOne(transport: Transport, run: HandRun, row: UnidentifiedRow): Promise<void> {
  const path = pathOfUnidentified(row);
  if (row.pending === 'remove') await transport.remove(path, run);
  // After a kill it may have been renamed already.
  else if ((await transport.fileSize(path, run)) !== undefined)
    await transport.rename(path, `${row.folder}/${row.putBackAs}`, run);
}

/**
 * Downloads an unidentified file, for a look at it or to attach it.
 *
 * Errors: the transport's; not-found (fix); too-large (fix) beyond `mostBytes`.
 */
export async function fetchUnidentified(
  run: HandRun,
  row: UnidentifiedRow,
  mostBytes: number,
): Promise<{ readonly path: string; readonly sizeBytes: number }> {
  const folder = join(run.inbox, 'unidentified');
  const path = join(folder, String(row.id));
  const remote = pathOfUnidentified(row);
  const sizeBytes = await run.pool.use((transport) => transport.fileSize(remote, run), run.signal);
  if (sizeBytes === undefined) {
    throw new ExchangeError({
      code: 'not-found',
      class: 'fix',
      message: `${remote} is no longer on the FTP site.`,
      advice: 'Somebody else may have taken it; look for new files once more.',
    });
  }
  if (sizeBytes > mostBytes) {
    throw new ExchangeError({
      code: 'too-large',
      class: 'fix',
      message: `${row.name} is too large to be shown here.`,
      advice: 'Attach it, or look at it with an FTP program.',
    });
  }
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(path, 'w');
    try {
      const sink = { write: async (chunk: Buffer) => void (await file.writeFile(chunk)) };
      const { signal } = run;
      const onBytes = (count: number) => run.onBytes?.(count);
      await run.pool.use(
        (transport) => transport.download(remote, sink, { signal, expectedBytes: sizeBytes, onBytes }),
        signal,
      );
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(path, { force: true });
    throw plainFileError(error, `the file ${path}`);
  }
  return { path, sizeBytes };
}

function pathOfUnidentified(row: UnidentifiedRow): string {
  return `${row.folder}/unidentified/${row.remoteName ?? row.name}`;
}

async function freeName(transport: Transport, run: HandRun, row: UnidentifiedRow): Promise<string> {
  const taken = new Set((await transport.list(row.folder, run)).map((entry) => fold(entry.name)));
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? row.name : withSuffix(row.name, number);
    if (!taken.has(fold(candidate))) return candidate;
  }
}
