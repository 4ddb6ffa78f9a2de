import type { Cell, Column, Dataset, RowIssue, SetName } from '../../shared/dataset.ts';
import { throwIfCancelled } from '../../shared/errors.ts';
import type { ImportProgress, ImportReport } from '../../shared/importReport.ts';
import type { ImportChannel } from '../../shared/importsSettings.ts';
import type { Records, Staging } from '../records/records.ts';
import { faultIssue } from './faultIssue.ts';
import { importError } from './importError.ts';
import { IssueTally } from './issueTally.ts';
import { type ImportFile, openImportFile } from './read/openImportFile.ts';
import { readCsv } from './read/readCsv.ts';
import type { CsvBytes, FaultyRow, ReadFile, ReadRow, RowReceiver } from './read/rowSource.ts';
import type { RejectedRows } from './rejectedRows.ts';

export interface StageRequest {
  readonly records: Records;
  readonly dataset: Dataset;
  readonly set: SetName;
  readonly channel: Pick<ImportChannel, 'encoding' | 'parsing'>;
  readonly path: string;
  /** The file's name, for people. */
  readonly name: string;
  readonly rejected: RejectedRows;
  readonly signal: AbortSignal;
  onProgress(progress: Pick<ImportProgress, 'step' | 'bytesDone' | 'bytesTotal' | 'rows' | 'rejected'>): void;
  /** The edition that a run's rejected rows, corrected, go into. Errors: what cannot be corrected. */
  correctionBase(runId: string): string;
}

/** What a report says of the reading, also of one that failed. */
export type ReadSoFar = Pick<ImportReport, 'counts' | 'files' | 'issues' | 'moreIssues' | 'corrects'>;

/** With a staging, it is finished, and neither published nor discarded; with an error, nothing is left of it. */
export type StagedFile =
  | { readonly read: ReadSoFar; readonly staging: Staging }
  | { readonly read: ReadSoFar; readonly staging: undefined; readonly error: unknown };

/** Reads a file into a new edition beside the published one. */
export async function stageFile(request: StageRequest): Promise<StagedFile> {
  const { records, dataset, set, name, path } = request;
  let stager: FileStager | undefined;
  let staging: Staging | undefined;
  let file: ImportFile | undefined;
  try {
    file = await openImportFile(path, name);
    const header = dataset.columns.map((column) => column.name);
    staging = records.stage(dataset.name, set, name, header, request.channel.parsing);
    stager = new FileStager(request, staging, file);
    for await (const csv of file.files()) {
      await readCsv(stager.watched(csv), dataset, request.channel.encoding, stager);
    }
    stager.addBase();
    stager.tellProgress('indexing');
    staging.finish();
    return { staging, read: stager.soFar() };
  } catch (error) {
    staging?.discard();
    return { staging: undefined, error, read: stager?.soFar() ?? nothingRead };
  } finally {
    file?.close();
  }
}

const nothingRead: ReadSoFar = {
  counts: { rows: 0, accepted: 0, rejected: 0, warnings: 0, notices: 0 },
  files: [],
  issues: [],
  moreIssues: 0,
};

/** Takes what is read of one file, or of all files of an archive. */
class FileStager implements RowReceiver {
  readonly #request: StageRequest;
  readonly #staging: Staging;
  readonly #isArchive: boolean;
  readonly #bytesTotal: number;
  readonly #tally = new IssueTally();
  readonly #files: { name: string; rows: number; encoding: string; delimiter: string }[] = [];
  #bytesDone = 0;
  #rows = 0;
  #rejected = 0;
  #corrects: { readonly runId: string; readonly editionId: string } | undefined;
  #isCorrection = false;

  constructor(request: StageRequest, staging: Staging, file: ImportFile) {
    this.#request = request;
    this.#staging = staging;
    this.#isArchive = file.isArchive;
    this.#bytesTotal = file.totalBytes;
  }

  /** What a report says of the reading, also of one that failed. */
  soFar(): ReadSoFar {
    return {
      counts: {
        rows: this.#rows,
        accepted: this.#rows - this.#rejected,
        rejected: this.#rejected,
        warnings: this.#tally.warnings,
        notices: this.#tally.notices,
      },
      files: this.#files,
      issues: this.#tally.issues(),
      moreIssues: this.#tally.more,
      ...(this.#corrects === undefined ? {} : { corrects: this.#corrects.runId }),
    };
  }

  tellProgress(step: ImportProgress['step']): void {
    this.#request.onProgress({
      step,
      bytesDone: this.#bytesDone,
      bytesTotal: this.#bytesTotal,
      rows: this.#rows,
      rejected: this.#rejected,
    });
  }

  /** Between two pieces of the file others have their turn: progress is told, and a cancelled run ends. */
  watched(csv: CsvBytes): CsvBytes {
    const passOn = async function* (this: FileStager): AsyncGenerator<Buffer> {
      for await (const piece of csv.bytes) {
        throwIfCancelled(this.#request.signal);
        yield piece;
        this.#bytesDone += piece.length;
        this.tellProgress('reading');
      }
    };
    return { name: csv.name, bytes: passOn.call(this) };
  }

  begin(file: ReadFile): void {
    if (this.#files.length > 0 && this.#isCorrection !== file.isCorrection) {
      throw importError(
        'wrong-header',
        `${file.name} and ${this.#files[0]?.name} do not belong together: only one of them has corrected rows.`,
        'Drop the corrected rows alone.',
      );
    }
    this.#isCorrection = file.isCorrection;
    this.#files.push({ name: file.name, rows: 0, encoding: file.encoding, delimiter: file.delimiter });
    this.#request.rejected.writeWith(file.delimiter);
    if (file.missing.length === 0) return;
    const reason = `The file has no column for: ${file.missing.join(', ')}. These values stay empty.`;
    this.#note({ severity: 'notice', line: 1, column: '', value: '', reason });
  }

  row(row: ReadRow): void {
    this.#count();
    if (this.#isCorrection) this.#checkCorrection(row);
    const issues = this.#staging.add(row.line, row.texts);
    if (issues.length > 0) this.#take(row.line, issues, row.texts);
  }

  fault(fault: FaultyRow): void {
    this.#count();
    this.#take(fault.line, [faultIssue(fault)], fault.fields);
  }

  /** The rows that corrected ones do not replace stay as they are. */
  addBase(): void {
    if (this.#corrects === undefined) return;
    const { records, dataset, set } = this.#request;
    const { editionId } = this.#corrects;
    for (const { values } of records.each({ dataset: dataset.name, set, editionId })) {
      // The edition was valid when it was published; only a row whose key a corrected one has is left out.
      this.#staging.add(
        0,
        dataset.columns.map((column) => this.#asWritten(column, values[column.name] ?? null)),
      );
    }
  }

  /** A value of the dataset, as a file of this channel writes it. */
  #asWritten({ type }: Column, value: Cell): string {
    const { decimalSeparator } = this.#request.channel.parsing;
    const text = value === null ? '' : String(value);
    return type === 'decimal' ? text.replace('.', decimalSeparator) : text;
  }

  #count(): void {
    this.#rows += 1;
    const file = this.#files.at(-1);
    if (file !== undefined) file.rows += 1;
  }

  #checkCorrection({ corrects, line }: ReadRow): void {
    this.#corrects ??= { runId: corrects, editionId: this.#request.correctionBase(corrects) };
    if (this.#corrects.runId === corrects) return;
    throw importError(
      'wrong-correction',
      `Line ${line} belongs to another import than the lines before it.`,
      'Drop the corrected rows of one import at a time.',
    );
  }

  #take(line: number, issues: readonly RowIssue[], written: readonly string[]): void {
    for (const issue of issues) this.#note(issue);
    if (!issues.some(({ severity }) => severity === 'error')) return;
    this.#rejected += 1;
    const file = this.#files.at(-1)?.name ?? '';
    this.#request.rejected.add(this.#isArchive ? `${file} ${line}` : String(line), issues, written);
  }

  #note(issue: RowIssue): void {
    this.#tally.add(this.#isArchive ? (this.#files.at(-1)?.name ?? '') : '', issue);
  }
}
