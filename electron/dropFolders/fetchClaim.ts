import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ExchangeError } from '../../shared/errors.ts';
import type { DropClaimRow } from '../ledger/ledger.ts';
import { fileErrorCode, plainFileError } from '../platform/fileError.ts';
import type { Transport } from '../transport/transport.ts';
import { claimedPath } from './claimFile.ts';
import type { DropFolderRun } from './dropFolder.ts';

/**
 * What is written is on the disk each time so much more has come. Nothing on the server vouches for the bytes, so
 * after a power cut only what was on the disk for certain is built upon.
 */
const flushBytes = 32 * 1024 * 1024;

/**
 * Downloads a claimed file to the inbox, continuing what an earlier run began.
 *
 * Shape:   its local path; undefined when the file on the server is shorter or longer than the claim says.
 * Promise: on the disk when it resolves.
 * Errors:  the transport's; disk-full (full) and its kind.
 */
export async function fetchClaim(
  transport: Transport,
  run: DropFolderRun,
  claim: DropClaimRow,
): Promise<string | undefined> {
  const path = localPathOf(run, claim);
  try {
    await mkdir(run.inbox, { recursive: true });
    return (await downloadTo(path, transport, run, claim)) ? path : undefined;
  } catch (error) {
    throw plainFileError(error, `the file ${path}`);
  }
}

/** Lower-case hex. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

export function localPathOf(run: DropFolderRun, claim: DropClaimRow): string {
  return join(run.inbox, `${claim.claim}.drop`);
}

/** Removes downloads whose claim is settled. */
export async function sweepInbox(run: DropFolderRun): Promise<void> {
  const names = await readdir(run.inbox).catch((error: unknown) => {
    if (fileErrorCode(error) === 'ENOENT') return [];
    throw error;
  });
  const known = new Set(
    run.ledger.read((tables) => tables.dropFolders.claims()).map((row) => `${row.claim}.drop`),
  );
  for (const name of names) {
    if (/^[a-z0-9]{12}\.drop$/.test(name) && !known.has(name)) await rm(join(run.inbox, name));
  }
}

async function downloadTo(
  path: string,
  transport: Transport,
  run: DropFolderRun,
  claim: DropClaimRow,
): Promise<boolean> {
  const expectedBytes = claim.sizeBytes;
  const offset = transport.traits.resumesDownloads ? safeOffset(await sizeOf(path), expectedBytes) : 0;
  const file = await open(path, offset > 0 ? 'r+' : 'w');
  try {
    await file.truncate(offset);
    let position = offset;
    let flushed = offset;
    await transport.download(
      claimedPath(claim),
      {
        async write(chunk) {
          if (position - flushed >= flushBytes) {
            await file.datasync();
            flushed = position;
          }
          await file.write(chunk, 0, chunk.length, position);
          position += chunk.length;
        },
      },
      { signal: run.signal, offset, expectedBytes, onBytes: (count) => run.onBytes?.(count) },
    );
    await file.sync();
    return true;
  } catch (error) {
    if (error instanceof ExchangeError && error.code === 'size-mismatch') return false;
    throw error;
  } finally {
    await file.close();
  }
}

/** How much of an earlier download was on the disk before the rest was written. */
function safeOffset(found: number, expected: number): number {
  if (found > expected) return 0;
  // Chunks are far smaller than the step between two flushes.
  return Math.max(0, found - 2 * flushBytes);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return 0;
    throw error;
  }
}
