import type { DropRunResult } from '../../../../shared/contract/customerFilesCalls.ts';
import type { DropFolderSettings } from '../../../../shared/dropFolderSettings.ts';
import { ExchangeError } from '../../../../shared/errors.ts';
import type { Settings } from '../../../../shared/settings.ts';
import type { CustomerFiles } from '../../../customerFiles/customerFiles.ts';
import { whyNotMatchable } from '../../../customerFiles/identify.ts';
import { processFolder } from '../../../customerFiles/processFolder.ts';
import type { DropFolderRun } from '../../../dropFolders/dropFolder.ts';
import type { Records } from '../../../records/records.ts';
import type { SiteContext } from '../../../transmission/siteContext.ts';
import type { TransportPool } from '../../../transport/transport.ts';
import { forwardFiles } from './forwardFiles.ts';

export interface DropRunParts {
  readonly settings: Settings;
  readonly site: SiteContext;
  readonly records: Records;
  readonly files: CustomerFiles;
  readonly pool: TransportPool;
  readonly signal: AbortSignal | undefined;
  note(level: 'info' | 'warning' | 'error', text: string): void;
  onFolder?(folder: DropFolderSettings): void;
  onFile?(name: string, sizeBytes: number): void;
  onBytes?(count: number): void;
}

/**
 * Looks into drop folders, one after the other: all, or one by name.
 *
 * Promise: what a person must mend in one folder (a right that is missing, a dataset without rows) does not keep the
 *          others; it is among the problems.
 * Errors:  the transport's, of the connection and the disk; cancelled.
 */
export async function runDropFolders(
  parts: DropRunParts,
  folders: readonly DropFolderSettings[],
): Promise<DropRunResult> {
  const total = { attached: 0, again: 0, unidentified: 0, growing: 0, failed: 0 };
  const problems: string[] = [];
  for (const folder of folders) {
    parts.onFolder?.(folder);
    const obstacle = whyNotMatchable(parts.records, folder);
    if (obstacle !== undefined) {
      problems.push(`Files in ${folder.path} wait: ${obstacle}`);
      continue;
    }
    try {
      const { records, files } = parts;
      const tally = await processFolder({ folder, records, files, run: folderRun(parts) });
      for (const key of ['attached', 'again', 'unidentified', 'growing', 'failed'] as const)
        total[key] += tally[key];
    } catch (error) {
      if (!(error instanceof ExchangeError) || error.class !== 'fix') throw error;
      problems.push(`${folder.path}: ${error.message} ${error.advice}`.trim());
    }
  }
  await forwardFiles(parts.site, parts.files, parts.note);
  return { ...total, problems };
}

/** What taking files works with. */
function folderRun(parts: DropRunParts): DropFolderRun {
  const { settings, site, pool, signal } = parts;
  return {
    pool,
    signal,
    ledger: site.ledger,
    clock: site.clock,
    random: site.random,
    inbox: site.folders.inbox,
    settleSeconds: settings.dropFolders.settleSeconds,
    note: (level, text) => parts.note(level, text),
    onFile: (name, sizeBytes) => parts.onFile?.(name, sizeBytes),
    onBytes: (count) => parts.onBytes?.(count),
  };
}
