import type { DatabaseSync } from 'node:sqlite';
import type { ImportReport } from '../../shared/importReport.ts';
import { type Row, text } from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { ImportRunsTable } from './ledger.ts';

function readReport(row: Row): ImportReport {
  // Safe because only this file writes the column, from the same type.
  return JSON.parse(text(row, 'report')) as ImportReport;
}

export function createImportRunsTable(db: DatabaseSync): ImportRunsTable {
  const insert = statement(
    db,
    `INSERT INTO import_runs (run_id, source_key, settled, channel, set_name, outcome, started_ms, report)
     VALUES (:runId, :sourceKey, 0, :channel, :set, :outcome, :startedMs, :report)`,
  );
  const change = statement(
    db,
    'UPDATE import_runs SET outcome = :outcome, report = :report WHERE run_id = :runId',
  );
  const settle = statement(
    db,
    'UPDATE import_runs SET settled = 1 WHERE source_key = :sourceKey AND settled = 0',
  );
  const ofSource = statement(
    db,
    'SELECT report FROM import_runs WHERE source_key = :sourceKey AND settled = 0 ORDER BY position',
  );
  const unsettled = statement(
    db,
    `SELECT DISTINCT source_key FROM import_runs
     WHERE settled = 0 AND source_key >= :prefix AND source_key < :prefix || char(1114111)`,
  );
  const get = statement(db, 'SELECT report FROM import_runs WHERE run_id = :runId');
  const open = statement(
    db,
    `SELECT report FROM import_runs WHERE outcome IN ('running', 'publishing') ORDER BY position`,
  );
  const list = statement(
    db,
    `SELECT report FROM import_runs
     WHERE (:channel IS NULL OR channel = :channel) AND (:set IS NULL OR set_name = :set)
       AND started_ms < :beforeMs
     ORDER BY position DESC LIMIT :limit`,
  );
  const prune = statement(db, 'DELETE FROM import_runs WHERE started_ms < :beforeMs');
  return {
    insert: (report, sourceKey) => {
      const { runId, channel, set, outcome, startedMs } = report;
      insert.run({ runId, sourceKey, channel, set, outcome, startedMs, report: JSON.stringify(report) });
    },
    save: (report) => {
      const { runId, outcome } = report;
      change.runOnOne('import run', { runId, outcome, report: JSON.stringify(report) });
    },
    settle: (sourceKey) => {
      settle.run({ sourceKey });
    },
    ofSource: (sourceKey) => ofSource.all({ sourceKey }).map(readReport),
    unsettled: (prefix) => unsettled.all({ prefix }).map((row) => text(row, 'source_key')),
    get: (runId) => get.all({ runId }).map(readReport)[0],
    open: () => open.all().map(readReport),
    list: ({ channel, set, beforeMs, limit }) =>
      list
        .all({
          channel: channel ?? null,
          set: set ?? null,
          beforeMs: beforeMs ?? Number.MAX_SAFE_INTEGER,
          limit,
        })
        .map(readReport),
    prune: (beforeMs) => {
      prune.run({ beforeMs });
    },
  };
}
