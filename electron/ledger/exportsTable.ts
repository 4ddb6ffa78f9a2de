import type { DatabaseSync } from 'node:sqlite';
import {
  integer,
  jsonOrNull,
  oneOrNone,
  optionalInteger,
  optionalJson,
  optionalText,
  orNull,
  type Row,
  text,
  word,
} from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { ExportRow, ExportRunRow, ExportsTable } from './exportRows.ts';

const outcomes = ['running', 'done', 'empty', 'failed', 'cancelled', 'interrupted'] as const;

function readExport(row: Row): ExportRow {
  return {
    name: text(row, 'name'),
    sinceMs: integer(row, 'since_ms'),
    mark: optionalJson(row, 'mark'),
    pending: optionalJson(row, 'pending'),
  };
}

function readRun(row: Row): ExportRunRow {
  return {
    runId: text(row, 'run_id'),
    name: text(row, 'name'),
    startedBy: text(row, 'started_by'),
    startedMs: integer(row, 'started_ms'),
    endedMs: optionalInteger(row, 'ended_ms'),
    outcome: word(row, 'outcome', outcomes),
    rows: integer(row, 'row_count'),
    sizeBytes: integer(row, 'size_bytes'),
    fileName: optionalText(row, 'file_name'),
    note: text(row, 'note'),
    error: optionalJson(row, 'error'),
  };
}

export function createExportsTable(db: DatabaseSync): ExportsTable {
  const get = statement(db, 'SELECT * FROM exports WHERE name = :name');
  const put = statement(
    db,
    `INSERT INTO exports (name, since_ms, mark, pending) VALUES (:name, :sinceMs, :mark, :pending)
     ON CONFLICT (name) DO UPDATE SET since_ms = excluded.since_ms, mark = excluded.mark, pending = excluded.pending`,
  );
  const remove = statement(db, 'DELETE FROM exports WHERE name = :name');
  const begin = statement(
    db,
    `INSERT INTO export_runs (run_id, name, started_by, started_ms, outcome, row_count, size_bytes, note)
     VALUES (:runId, :name, :startedBy, :startedMs, 'running', 0, 0, '')`,
  );
  const end = statement(
    db,
    `UPDATE export_runs SET ended_ms = :endedMs, outcome = :outcome, row_count = :rows, size_bytes = :sizeBytes,
       file_name = :fileName, note = :note, error = :error WHERE run_id = :runId`,
  );
  const closeInterrupted = statement(
    db,
    `UPDATE export_runs SET outcome = 'interrupted' WHERE outcome = 'running'`,
  );
  const run = statement(db, 'SELECT * FROM export_runs WHERE run_id = :runId');
  const runs = statement(db, 'SELECT * FROM export_runs ORDER BY position DESC LIMIT :limit');
  const runsOf = statement(
    db,
    'SELECT * FROM export_runs WHERE name = :name ORDER BY position DESC LIMIT :limit',
  );
  const prune = statement(db, 'DELETE FROM export_runs WHERE started_ms < :beforeMs');
  return {
    get: (name) => oneOrNone(get.one({ name }), readExport),
    put: ({ name, sinceMs, mark, pending }) => {
      put.run({ name, sinceMs, mark: jsonOrNull(mark), pending: jsonOrNull(pending) });
    },
    remove: (name) => {
      remove.run({ name });
    },
    begin: ({ runId, name, startedBy, startedMs }) => {
      begin.run({ runId, name, startedBy, startedMs });
    },
    end: ({ runId, endedMs, outcome, rows, sizeBytes, fileName, note, error }) => {
      // A run that was pruned meanwhile, or that another ledger knew, is no reason to fail.
      end.run({
        runId,
        endedMs: orNull(endedMs),
        outcome,
        rows,
        sizeBytes,
        fileName: orNull(fileName),
        note,
        error: jsonOrNull(error),
      });
    },
    closeInterrupted: () => {
      closeInterrupted.run();
    },
    run: (runId) => oneOrNone(run.one({ runId }), readRun),
    runs: (limit, name) =>
      (name === undefined ? runs.all({ limit }) : runsOf.all({ limit, name })).map(readRun),
    prune: (beforeMs) => {
      prune.run({ beforeMs });
    },
  };
}
