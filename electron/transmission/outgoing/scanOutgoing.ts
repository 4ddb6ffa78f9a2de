import { constants, type Dirent } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setsChannel } from '../../../shared/setManifest.ts';
import {
  type Addressee,
  type ChannelName,
  channelNameSchema,
  storeNumberSchema,
} from '../../../shared/sites.ts';
import { stampOf } from '../../packet/fileStamp.ts';
import type { FileStamp } from '../../packet/packet.ts';
import { sideBySide } from '../sideBySide.ts';
import type { SiteContext } from '../siteContext.ts';

/** A file found in the outgoing folder. */
export interface OutgoingFile {
  readonly channel: ChannelName;
  readonly to: Addressee;
  /** Relative to the channel (and, at the central site, addressee) folder, `/` between parts. */
  readonly path: string;
  readonly absolutePath: string;
  readonly stamp: FileStamp;
}

export interface OutgoingScan {
  readonly files: readonly OutgoingFile[];
  /** What was found and cannot be sent, in plain words. */
  readonly problems: readonly string[];
}

/**
 * Looks through `outgoing/<channel>/…` (at the central site `outgoing/<channel>/<store number>/…` and
 * `outgoing/<channel>/all/…`). Links are not followed. Changes nothing.
 */
export async function scanOutgoing(site: SiteContext): Promise<OutgoingScan> {
  const files: OutgoingFile[] = [];
  const problems: string[] = [];
  for (const entry of await entriesOf(site.folders.outgoing)) {
    if (!entry.isDirectory()) {
      problems.push(`"${entry.name}" lies directly in the outgoing folder; put it into a channel's folder.`);
      continue;
    }
    const channel = channelNameSchema.safeParse(entry.name);
    const isSets = entry.name === setsChannel && site.me === 'central';
    if (!channel.success || (!isSets && !site.channels.includes(channel.data))) {
      problems.push(
        `The outgoing folder "${entry.name}" is not a channel of this site; add it with: branchline channels add ${entry.name}`,
      );
      continue;
    }
    const folder = join(site.folders.outgoing, entry.name);
    if (site.me === 'central') await scanAddressees(channel.data, folder, files, problems);
    else await scanFolder({ channel: channel.data, to: 'central' }, folder, '', files, problems);
  }
  return { files, problems };
}

async function scanAddressees(
  channel: ChannelName,
  folder: string,
  files: OutgoingFile[],
  problems: string[],
): Promise<void> {
  for (const entry of await entriesOf(folder)) {
    const number = storeNumberSchema.safeParse(entry.name);
    const to = entry.name === 'all' ? ('all' as const) : number.success ? number.data : undefined;
    if (!entry.isDirectory() || to === undefined) {
      problems.push(
        `"${channel}/${entry.name}" has no addressee; at the central site files go into ${channel}/all/ or ${channel}/<store number>/.`,
      );
      continue;
    }
    await scanFolder({ channel, to }, join(folder, entry.name), '', files, problems);
  }
}

async function scanFolder(
  flow: { readonly channel: ChannelName; readonly to: Addressee },
  folder: string,
  prefix: string,
  files: OutgoingFile[],
  problems: string[],
): Promise<void> {
  const entries = await entriesOf(folder);
  const stamps = await sideBySide(entries, async (entry) =>
    entry.isFile() ? await stampOf(join(folder, entry.name)) : undefined,
  );
  for (const [index, entry] of entries.entries()) {
    const absolutePath = join(folder, entry.name);
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) {
      await scanFolder(flow, absolutePath, `${path}/`, files, problems);
      continue;
    }
    const stamp = stamps[index];
    if (stamp !== undefined) files.push({ ...flow, path, absolutePath, stamp });
    else
      problems.push(
        `"${flow.channel}/${path}" is a link, a device or a name that cannot be read, and was left.`,
      );
  }
}

/** Entries in a stable order; none when the folder is not there. */
async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return [];
    throw error;
  }
}

/** True when another program holds the file so that it cannot be read (Windows share modes). */
export async function isLocked(path: string): Promise<boolean> {
  try {
    const handle = await open(path, constants.O_RDONLY);
    await handle.close();
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EBUSY';
  }
}
