import type { SetName } from '../../shared/dataset.ts';
import type { ImportMode, ImportProgress, ImportReport } from '../../shared/importReport.ts';
import type { ImportChannel } from '../../shared/importsSettings.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { Records } from '../records/records.ts';
import type { ImportRuns } from './importRuns.ts';

/** Why a signal was aborted when a person gave up this very import: its file is not to come again by itself. */
export const cancelledByPerson = 'cancelled by a person';

/** One file to be imported. */
export interface ImportRequest {
  /** UUIDv7. */
  readonly runId: string;
  readonly channel: ImportChannel;
  readonly set: SetName;
  readonly mode: Exclude<ImportMode, 'rollback'>;
  /** Where the file lies here; it stays as it is. */
  readonly path: string;
  /** Its name, for people. */
  readonly name: string;
  /** Where it came from, in words. */
  readonly origin: string;
  /** The same for the same file after a crash, so that it is imported once. */
  readonly sourceKey: string;
  /** Aborted by a person (its reason is then `cancelledByPerson`), or with what the import is part of. */
  readonly signal: AbortSignal;
  onProgress(progress: ImportProgress): void;
}

/** What imports work with. */
export interface ImportParts {
  readonly records: () => Records;
  readonly runs: ImportRuns;
  readonly clock: Clock;
  readonly random: Random;
  /** Imported files and rejected rows are kept in it. */
  readonly folder: string;
  readonly tell: TellPeople;
}

/** Mail and alarms. Neither throws, and neither waits for a mail server. */
export interface TellPeople {
  start(channel: ImportChannel, report: ImportReport): void;
  /** `rejectedPath`: the file of rejected rows, where there is one. */
  end(channel: ImportChannel, report: ImportReport, rejectedPath: string | undefined): void;
}
