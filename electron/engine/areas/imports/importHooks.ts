import { join } from 'node:path';
import type { ImportReport } from '../../../../shared/importReport.ts';
import type { Settings } from '../../../../shared/settings.ts';
import type { ImportParts } from '../../../imports/importRequest.ts';
import { describeOutcome } from '../../../imports/mail/reportWords.ts';
import type { RunContext, RunHooks } from '../../../transmission/siteContext.ts';
import type { ImportWork } from './importWork.ts';
import { takeFolders } from './takeFolders.ts';
import { keepTestFiles, takeIncoming } from './takeIncoming.ts';

export interface HookParts {
  readonly parts: ImportParts;
  readonly work: ImportWork;
  settings(): Settings | undefined;
  /** One look at the FTP site's folders at a time. */
  takeAlone<T>(work: () => Promise<T>): Promise<T>;
}

/** What imports do within a transmission of the central site. */
export function importHooks(hook: HookParts): RunHooks {
  // Folders are looked at once in a transmission, whichever half of it comes first.
  let lookedIn: string | undefined;
  const folders = async (run: RunContext): Promise<void> => {
    if (lookedIn === run.transmissionId) return;
    lookedIn = run.transmissionId;
    const channels = channelsOf(hook, run);
    if (channels.length === 0) return;
    await hook.takeAlone(async () => {
      await takeFolders({
        ...hook,
        channels,
        drop: { ...dropRun(run, hook), signal: run.signal ?? new AbortController().signal },
        onReport: (report) => tell(run, report),
      });
    });
  };
  return {
    beforeExport: folders,
    async testFiles(run, files) {
      await keepTestFiles(channelsOf(hook, run), files, testsFolder(hook.parts));
    },
    async afterImport(run) {
      await folders(run);
      await takeIncoming(
        {
          ...hook,
          channels: channelsOf(hook, run),
          signal: run.signal ?? new AbortController().signal,
          onReport: (report) => tell(run, report),
        },
        { incoming: run.folders.incoming, tests: testsFolder(hook.parts) },
      );
    },
  };
}

export function testsFolder({ folder }: Pick<ImportParts, 'folder'>): string {
  return join(folder, 'test-packets');
}

function channelsOf(hook: HookParts, run: Pick<RunContext, 'me'>) {
  return run.me === 'central' ? (hook.settings()?.imports ?? []) : [];
}

function dropRun(run: RunContext, hook: HookParts) {
  const { pool, ledger, clock, random, delivery } = run;
  const { settleSeconds } = hook.settings()?.dropFolders ?? delivery;
  return {
    pool,
    ledger,
    clock,
    random,
    inbox: run.folders.inbox,
    settleSeconds,
    note: run.note,
  };
}

function tell(run: RunContext, report: ImportReport): void {
  const sentence = `Import ${report.channel}: ${describeOutcome(report)}`;
  if (report.outcome === 'failed') run.attention(`${sentence} ${report.error?.message ?? ''}`.trimEnd());
  else run.note(report.counts.rejected > 0 ? 'warning' : 'info', sentence);
}
