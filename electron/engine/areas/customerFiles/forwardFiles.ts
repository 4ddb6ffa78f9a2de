import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { addresseeSchema } from '../../../../shared/sites.ts';
import type { CustomerFiles, ForwardRow } from '../../../customerFiles/customerFiles.ts';
import { safeName } from '../../../customerFiles/storedName.ts';
import { toDate } from '../../../platform/clock.ts';
import { placeFile } from '../../../transmission/placeFile.ts';
import type { SiteContext } from '../../../transmission/siteContext.ts';

/**
 * Puts attached files into the outgoing folder of the store that they belong to, from where they travel as any other
 * file: `outgoing/<channel>/<store>/<customer>/<name>`.
 *
 * Promise: each file once. The intent is recorded before, and where a kill leaves it open, the outgoing folder and
 *          the packets made since tell whether it was put there.
 */
export async function forwardFiles(
  site: SiteContext,
  files: CustomerFiles,
  note: (level: 'info' | 'warning', text: string) => void,
): Promise<number> {
  let count = 0;
  for (const forward of files.forwards()) {
    const { attachment, channel, store } = forward;
    if (!site.channels.some((known) => known === channel)) {
      note('warning', `${attachment.name} is not sent on: there is no channel "${channel}" any more.`);
      continue;
    }
    const source = files.pathOf(attachment);
    const isThere = forward.state === 'placing' && wasPlaced(site, forward);
    if (!isThere && existsSync(source)) {
      files.setForward(attachment.id, 'placing');
      await place(site, forward, source);
      count += 1;
      note('info', `${attachment.name} goes on to store ${store}.`);
    }
    files.setForward(attachment.id, 'done');
  }
  return count;
}

/** Below the channel and the store: names are safe already, and differ for each version. */
function pathOf({ attachment }: ForwardRow): string {
  return `${safeName(attachment.customer)}/${basename(attachment.storedPath)}`;
}

function outgoingPath(site: SiteContext, forward: ForwardRow): string {
  return join(site.folders.outgoing, forward.channel, forward.store, ...pathOf(forward).split('/'));
}

function wasPlaced(site: SiteContext, forward: ForwardRow): boolean {
  if (existsSync(outgoingPath(site, forward))) return true;
  const { attachment, channel, store } = forward;
  const path = pathOf(forward);
  const to = addresseeSchema.safeParse(store);
  return site.ledger.read(({ packets }) =>
    packets
      .createdSince(attachment.attachedMs, to.data)
      .flatMap((packet) => packets.files(packet.packetId))
      .some((file) => file.channel === channel && file.path === path && file.sha256 === attachment.sha256),
  );
}

async function place(site: SiteContext, forward: ForwardRow, source: string): Promise<void> {
  const { attachment } = forward;
  // Copied elsewhere first: what lies in the outgoing folder is packed, whole or not.
  const copy = join(site.folders.inbox, `forward-${attachment.id}`);
  await mkdir(site.folders.inbox, { recursive: true });
  await copyFile(source, copy);
  const modified = toDate(attachment.modifiedMs ?? attachment.attachedMs);
  await utimes(copy, modified, modified);
  await placeFile(copy, outgoingPath(site, forward), 'replace');
  await rm(copy, { force: true });
}
