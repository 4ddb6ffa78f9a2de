import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ImportChannel } from '../../../../shared/importsSettings.ts';
import { safeFileName } from '../../../imports/importFiles.ts';
import { isDone, resumeImport } from '../../../imports/resumeImport.ts';
import { uuidV7 } from '../../../platform/random.ts';
import type { TestFile } from '../../../transmission/siteContext.ts';
import type { TakeRun } from './takeFolders.ts';

/** Where the packets' files of import channels lie: those to import, and those of test packets. */
export interface IncomingFolders {
  readonly incoming: string;
  readonly tests: string;
}

interface FoundFile {
  readonly path: string;
  /** Below its channel's folder. */
  readonly name: string;
  readonly key: string;
  readonly placedMs: number;
}

/**
 * Imports the files that packets have brought on channels of import, the earliest first. A file is there until its
 * import is done; a copy is kept with the imports.
 */
export async function takeIncoming(
  run: Omit<TakeRun, 'drop'> & { readonly signal: AbortSignal },
  folders: IncomingFolders,
): Promise<void> {
  const { parts } = run;
  forgetGone(run, folders);
  for (const channel of run.channels) {
    if (!('channel' in channel.from)) continue;
    for (const [folder, mode] of [
      [folders.incoming, 'real'],
      [folders.tests, 'test'],
    ] as const) {
      for (const file of await findFiles(folder, channel.from.channel)) {
        const resumed = resumeImport(parts, file.key);
        const report =
          resumed.do === 'settle'
            ? resumed.report
            : await run.work.run(
                {
                  runId: uuidV7(parts.random, parts.clock),
                  channel,
                  set: channel.set,
                  mode,
                  path: file.path,
                  name: file.name.split('/').at(-1) ?? file.name,
                  origin: `packet channel ${channel.from.channel}, ${file.name.split('/')[0]}`,
                  sourceKey: file.key,
                },
                run.signal,
              );
        run.onReport(report);
        if (!isDone(report)) continue;
        await rm(file.path, { force: true });
        parts.runs.settle(file.key);
      }
    }
  }
}

/** Files whose removal was done before a kill could be recorded. */
function forgetGone({ parts }: Pick<TakeRun, 'parts'>, folders: IncomingFolders): void {
  for (const key of parts.runs.unsettled('incoming ')) {
    const name = key.split('|').slice(4).join('|');
    if (!existsSync(join(folders.incoming, name)) && !existsSync(join(folders.tests, name))) {
      parts.runs.settle(key);
    }
  }
}

async function findFiles(folder: string, channel: string): Promise<FoundFile[]> {
  const root = join(folder, channel);
  if (!existsSync(root)) return [];
  const found: FoundFile[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith('.branchline-')) continue;
    const path = join(entry.parentPath, entry.name);
    const stats = await stat(path, { bigint: true });
    found.push({
      path,
      name: relative(root, path).replaceAll('\\', '/'),
      key: `incoming |${stats.ino}|${stats.mtimeNs}|${stats.size}|${relative(folder, path)}`,
      placedMs: Number(stats.ctimeMs),
    });
  }
  return found.sort((a, b) => a.placedMs - b.placedMs || (a.name < b.name ? -1 : 1));
}

/** Keeps the files of a test packet that are for a channel of import; they are imported as a test, and then gone. */
export async function keepTestFiles(
  channels: readonly ImportChannel[],
  files: readonly TestFile[],
  tests: string,
): Promise<void> {
  for (const [index, file] of files.entries()) {
    const wanted = channels.some(({ from }) => 'channel' in from && from.channel === file.channel);
    if (!wanted) continue;
    const folder = join(tests, file.channel, file.from, `${safeFileName(file.packetFileName)}-${index}`);
    await mkdir(folder, { recursive: true });
    await rename(file.stagedPath, join(folder, safeFileName(file.path.split('/').at(-1) ?? 'file')));
  }
}
