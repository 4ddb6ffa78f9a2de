import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArrivingPacket } from '../../packet/packet.ts';
import { standardLimits } from '../../packet/standardLimits.ts';
import { unpackPacket } from '../../packet/unpackPacket.ts';
import type { RunContext } from '../siteContext.ts';
import type { InboxFile } from './inboxListing.ts';

/** Folder inside the incoming folder where files lie, verified, until all of a packet are put in place. */
export const stagingFolder = '.staging';

/** A packet whose files lie in its staging folder, verified and durable. */
export type StagedPacket = Awaited<ReturnType<typeof unpackPacket>>;

export function stagingOf(run: RunContext, file: InboxFile): string {
  return join(run.folders.incoming, stagingFolder, file.fileName);
}

/**
 * Verifies a packet whole and unpacks it into its staging folder, from its file or while it arrives.
 *
 * Promise: nothing is left behind when it throws.
 * Errors:  those of `unpackPacket`.
 */
export async function stagePacket(
  run: RunContext,
  officeId: string,
  file: InboxFile,
  path: string,
  arriving?: ArrivingPacket,
): Promise<StagedPacket> {
  const staging = stagingOf(run, file);
  await rm(staging, { recursive: true, force: true });
  return await unpackPacket({
    file: path,
    staging,
    expected: { officeId, to: file.name.to, from: file.name.from, sequence: file.name.sequence },
    limits: standardLimits,
    signal: run.signal,
    ...(arriving === undefined ? {} : { arriving }),
  });
}
