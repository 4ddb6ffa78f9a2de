import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ExchangeError } from '../../../shared/errors.ts';
import { flushBehind } from '../../platform/flushBehind.ts';
import { retryDelayMs } from '../publish/backoff.ts';
import type { RunContext } from '../siteContext.ts';
import type { InboxFile } from './inboxListing.ts';
import type { StageAhead } from './stageAhead.ts';

/**
 * Downloads a packet to the local inbox folder and returns its path, or undefined when it is no longer there.
 *
 * Promise: an interrupted download is continued at the byte it reached; nothing on the server changes.
 *          `ahead` gets all of a download that succeeds at the first try, or is given up.
 * Errors:  the transport's, after the retries of the delivery rules are used up.
 */
export async function fetchPacket(
  run: RunContext,
  file: InboxFile,
  ahead?: StageAhead,
): Promise<string | undefined> {
  try {
    const path = downloadPath(run, file);
    if ((await sizeOf(path)) !== undefined) return path;
    if (!(await fetchInto(run, file, path, ahead))) return undefined;
    ahead?.arrived();
    return path;
  } finally {
    ahead?.giveUp();
  }
}

/** Where a downloaded packet lies. */
export function downloadPath(run: RunContext, file: InboxFile): string {
  return join(run.folders.inbox, file.fileName);
}

/** False when it is no longer there. */
async function fetchInto(
  run: RunContext,
  file: InboxFile,
  path: string,
  ahead: StageAhead | undefined,
): Promise<boolean> {
  await mkdir(run.folders.inbox, { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    let connected = false;
    try {
      const found = await run.pool.use(async (transport) => {
        connected = true;
        run.progress.what(file.fileName);
        return await downloadInto(run, transport, file, `${path}.part`, ahead);
      }, run.signal);
      if (found) await rename(`${path}.part`, path);
      return found;
    } catch (error) {
      ahead?.giveUp();
      if (!(error instanceof ExchangeError) || error.class !== 'retry' || !connected) throw error;
      if (attempt > run.delivery.retries) throw error;
      run.note('warning', `${file.fileName} was not received: ${error.message}`);
      await run.clock.sleep(retryDelayMs(attempt, run.delivery, run.random), run.signal);
    }
  }
}

/** Forgets what was downloaded of a packet. */
export async function forgetDownload(run: RunContext, fileName: string): Promise<void> {
  const path = join(run.folders.inbox, fileName);
  await Promise.all([rm(path, { force: true }), rm(`${path}.part`, { force: true })]);
}

async function downloadInto(
  run: RunContext,
  transport: Parameters<Parameters<RunContext['pool']['use']>[0]>[0],
  file: InboxFile,
  part: string,
  ahead: StageAhead | undefined,
): Promise<boolean> {
  const { signal } = run;
  const expectedBytes = file.sizeBytes ?? (await transport.fileSize(file.path, { signal }));
  if (expectedBytes === undefined) return false;
  const before = (await sizeOf(part)) ?? 0;
  const offset = before <= expectedBytes && transport.traits.resumesDownloads ? before : 0;
  if (offset > 0) ahead?.giveUp();
  if (offset === expectedBytes && offset > 0) return true;
  const handle = await open(part, offset > 0 ? 'a' : 'w');
  const flush = flushBehind(handle);
  let written = 0;
  try {
    if (offset > 0) run.progress.bytes(offset);
    await transport.download(
      file.path,
      {
        write: async (chunk) => {
          await handle.writeFile(chunk);
          written += chunk.length;
          // Nothing relies on it; it leaves the disk free for the unpacking.
          flush.wrote(chunk.length);
          await ahead?.take(chunk);
        },
      },
      { signal, offset, expectedBytes, onBytes: (count) => run.progress.bytes(count) },
    );
    return true;
  } catch (error) {
    if (error instanceof ExchangeError && error.code === 'not-found') return false;
    // More than the size that was told is no prefix of the packet: begin anew.
    if (
      error instanceof ExchangeError &&
      error.code === 'size-mismatch' &&
      offset + written > expectedBytes
    ) {
      await handle.truncate(0);
    }
    throw error;
  } finally {
    await flush.settled().finally(() => handle.close());
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
